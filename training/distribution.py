"""Training on several devices or workers, by `tf.distribute`.

Keras' own `fit` cannot run on several workers: up to 3.15 it gives whole batches to
`Strategy.reduce`, which takes single tensors. So where more than one device trains, a
step is written out here; on one device Keras' `fit` does it all.
"""

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias

import keras
import tensorflow as tf

from training.arrays import Tensor

Inputs: TypeAlias = "Tensor | tuple[Tensor, ...]"
Part: TypeAlias = "tuple[Inputs, Tensor, Tensor]"
"""Inputs, targets and the share of the global batch that they are."""
Loss = Callable[[Tensor, Tensor], Tensor]
"""From targets and outputs of some examples to their mean loss."""
Step = Callable[[Part], Tensor]


class Strategy(StrEnum):
    """Where training runs.

    Attributes:
        ONE: One device of this process.
        GPUS: All GPUs of this machine, a replica each.
        WORKERS: The workers that the environment's TF_CONFIG names, with all GPUs of
            each; the same command is started on every one of them.
    """

    ONE = "one"
    GPUS = "gpus"
    WORKERS = "workers"


@dataclass(frozen=True)
class Shard:
    """What the replicas of one input pipeline take of each global batch.

    Attributes:
        pipeline: Index of the pipeline; each worker has one.
        replicas_here: Number of replicas that this pipeline feeds.
        replicas: Number of replicas of all pipelines together.
    """

    pipeline: int
    replicas_here: int
    replicas: int

    def of(self, batches: tf.data.Dataset) -> tf.data.Dataset:
        """Split each global batch into the parts of this pipeline's replicas.

        Args:
            batches: Batches of `(inputs, targets)`; inputs may be nested.

        Returns:
            `(inputs, targets, share)`: the shares of a batch sum to 1 over all
            replicas. A replica beyond the last example gets one with share 0.
        """
        first = self.pipeline * self.replicas_here

        def parts(inputs: Inputs, targets: Tensor) -> tf.data.Dataset:
            indices = tf.data.Dataset.range(first, first + self.replicas_here)
            return indices.map(lambda index: self._part(inputs, targets, index))

        return batches.flat_map(parts)

    def _part(self, inputs: Inputs, targets: Tensor, index: Tensor) -> Part:
        size = tf.shape(targets, tf.int64)[0]
        rows = tf.range(size)[index :: self.replicas]
        share = tf.cast(tf.size(rows), tf.float32) / tf.cast(size, tf.float32)
        rows = tf.cond(tf.size(rows) > 0, lambda: rows, lambda: tf.zeros(1, tf.int64))
        inputs = tf.nest.map_structure(lambda tensor: tf.gather(tensor, rows), inputs)
        return inputs, tf.gather(targets, rows), share


Batches = Callable[[Shard | None], tf.data.Dataset]
"""Makes the dataset of batches `(inputs, targets)`, in the same order on every worker,
or the shard of each that is asked for."""


class Distribution:
    """A `tf.distribute` strategy with what training needs of it.

    Every worker holds the same weights, sees the same global batches, of which each
    replica takes its shard, and makes the same decisions; the chief alone writes.

    Args:
        strategy: A `Strategy`, or one that `tf.distribute` has made. Workers must be
            the first thing that a process makes with TensorFlow.

    Attributes:
        is_local: Whether one device trains alone.

    Raises:
        ValueError: Workers, and TF_CONFIG names none.
    """

    def __init__(self, strategy: Strategy | tf.distribute.Strategy) -> None:
        if isinstance(strategy, Strategy):
            strategy = _open(strategy)
        self.strategy = strategy
        self.is_local = strategy is tf.distribute.get_strategy()
        self._compiled: tuple[keras.Model, Step] | None = None

    @property
    def is_chief(self) -> bool:
        """Whether this process is the one that writes files."""
        resolver = self.strategy.cluster_resolver
        if resolver is None or not resolver.cluster_spec():
            return True
        return resolver.task_type in (None, "chief") or (
            not resolver.cluster_spec().as_dict().get("chief") and resolver.task_id == 0
        )

    def all_reduce_mean(self, value: float) -> float:
        """Give every worker the mean of all workers' values."""
        if self.is_local:
            return value
        values = self.strategy.experimental_distribute_values_from_function(
            lambda _: tf.constant(value, tf.float64)
        )
        return float(self.strategy.reduce("MEAN", values, axis=None))

    def barrier(self) -> None:
        """Return when all workers have come here, so the chief's files are there."""
        self.all_reduce_mean(0.0)

    def fit(
        self,
        model: keras.Model,
        loss: Loss,
        batches: Batches,
        *,
        epochs: int,
        initial_epoch: int = 0,
        callbacks: Sequence[keras.callbacks.Callback] = (),
        backup: Path | None = None,
    ) -> list[float]:
        """Train a model, by Keras' own `fit` on one device.

        Args:
            model: Compiled within the strategy's scope.
            loss: The loss it was compiled with: the mean over some examples.
            batches: Batches of an epoch.
            epochs: Number of the last epoch.
            initial_epoch: Number of epochs that are already done.
            callbacks: Called at the start and end of training, epochs and batches.
            backup: Folder for the state after each epoch, from which a killed run
                resumes; None to start over.

        Returns:
            The mean loss of each epoch that was still to be done.
        """
        if not self.is_local:
            return self._fit_replicas(
                model, loss, batches, epochs, initial_epoch, callbacks, backup
            )
        if backup:
            restore = keras.callbacks.BackupAndRestore(backup, double_checkpoint=True)
            callbacks = [restore, *callbacks]
        history = model.fit(
            batches(None),
            initial_epoch=initial_epoch,
            epochs=epochs,
            verbose=0,
            shuffle=False,  # the batches already are
            callbacks=list(callbacks),
        )
        return history.history.get("loss", [])

    def _fit_replicas(
        self,
        model: keras.Model,
        loss: Loss,
        batches: Batches,
        epochs: int,
        initial_epoch: int,
        callbacks: Sequence[keras.callbacks.Callback],
        backup: Path | None,
    ) -> list[float]:
        done = tf.Variable(initial_epoch, dtype=tf.int64, trainable=False)
        manager = self._restored(model, done, backup) if backup else None
        step = self._train_step(model, loss)
        shards = self.strategy.distribute_datasets_from_function(
            lambda context: batches(
                Shard(
                    context.input_pipeline_id,
                    context.num_replicas_in_sync // context.num_input_pipelines,
                    context.num_replicas_in_sync,
                )
            )
        )
        steps = int(batches(None).cardinality())
        called = keras.callbacks.CallbackList(
            list(callbacks), model=model, epochs=epochs, steps=steps
        )
        losses = []
        called.on_train_begin()
        for epoch in range(int(done.numpy()), epochs):
            called.on_epoch_begin(epoch)
            parts = iter(shards)
            total = 0.0
            for number in range(steps):
                called.on_train_batch_begin(number)
                total += float(step(next(parts)))
                called.on_train_batch_end(number)
            losses.append(total / steps)
            done.assign(epoch + 1)
            if manager is not None and self.is_chief:
                manager.save(checkpoint_number=epoch)
            called.on_epoch_end(epoch, {"loss": losses[-1]})
        called.on_train_end()
        self.barrier()
        return losses

    def _restored(
        self, model: keras.Model, done: tf.Variable, folder: Path
    ) -> tf.train.CheckpointManager:
        """Load the last epoch's state into the model, if there is one."""
        with self.strategy.scope():
            model.optimizer.build(model.trainable_variables)
        checkpoint = tf.train.Checkpoint(
            model=model, optimizer=model.optimizer, done=done
        )
        manager = tf.train.CheckpointManager(checkpoint, str(folder), max_to_keep=2)
        if manager.latest_checkpoint:
            checkpoint.restore(manager.latest_checkpoint).assert_consumed()
        self.barrier()  # before the chief writes the next one
        return manager

    def _train_step(self, model: keras.Model, loss: Loss) -> Step:
        """Compile a step: down the gradient of the mean loss over the global batch."""
        if self._compiled is not None and self._compiled[0] is model:
            return self._compiled[1]

        def replica_step(inputs: Inputs, targets: Tensor, share: Tensor) -> Tensor:
            with tf.GradientTape() as tape:
                part = loss(targets, model(inputs, training=True)) * share
            gradients = tape.gradient(part, model.trainable_variables)
            # The optimiser sums the gradients of all replicas.
            model.optimizer.apply_gradients(
                zip(gradients, model.trainable_variables, strict=True)
            )
            return part

        @tf.function(reduce_retracing=True)
        def step(batch: Part) -> Tensor:
            parts = self.strategy.run(replica_step, args=batch)
            return self.strategy.reduce("SUM", parts, axis=None)

        self._compiled = (model, step)
        return step


def _open(strategy: Strategy) -> tf.distribute.Strategy:
    if strategy is Strategy.WORKERS:
        if "cluster" not in json.loads(os.environ.get("TF_CONFIG") or "{}"):
            raise ValueError(
                "strategy workers: expected TF_CONFIG to name the cluster's workers, "
                f"received TF_CONFIG={os.environ.get('TF_CONFIG')!r}"
            )
        return tf.distribute.MultiWorkerMirroredStrategy()
    if strategy is Strategy.GPUS:
        return tf.distribute.MirroredStrategy()
    return tf.distribute.get_strategy()
