"""Training spread over devices and workers by tf.distribute, in one loop of our own.

Keras' own `fit` cannot run on several workers: up to 3.15 it hands whole batches to
`Strategy.reduce`, which takes single tensors. So a step is written out here; every
strategy runs it.
"""

import json
import os
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from training.batch_part import Part

Loss = Callable[[Any, Any], Any]
"""From labels and logits of some examples to their mean loss."""
Batches = Callable[[Part | None], tf.data.Dataset]
"""Makes the dataset of batches `(inputs, labels)`, in the same order on every worker,
of which it prepares only the part that is asked for."""


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


class Distribution:
    """A tf.distribute strategy with what training needs of it.

    Every worker holds the same weights, sees the same global batches, of which each
    replica takes its part, and comes to the same decisions; the chief alone writes.

    Args:
        strategy: A `Strategy`, or one that tf.distribute has made. Workers must be
            the first thing that a process makes with TensorFlow.

    Attributes:
        is_one: Whether nothing is spread.

    Raises:
        ValueError: Workers, and TF_CONFIG names none.
    """

    def __init__(self, strategy: Strategy | tf.distribute.Strategy) -> None:
        if isinstance(strategy, Strategy):
            strategy = _open(strategy)
        self.strategy = strategy
        self.is_one = strategy is tf.distribute.get_strategy()
        self._compiled: tuple[keras.Model, Callable[[Any], tf.Tensor]] | None = None

    @property
    def is_chief(self) -> bool:
        """Whether this process is the one that writes files."""
        resolver = self.strategy.cluster_resolver
        if resolver is None or not resolver.cluster_spec():
            return True
        return resolver.task_type in (None, "chief") or (
            not resolver.cluster_spec().as_dict().get("chief") and resolver.task_id == 0
        )

    def agree(self, value: float) -> float:
        """Gives every worker the mean of all workers' values, when all have come."""
        if self.is_one:
            return value
        values = self.strategy.experimental_distribute_values_from_function(
            lambda _: tf.constant(value, tf.float64)
        )
        return float(self.strategy.reduce("MEAN", values, axis=None))

    def wait_for_all(self) -> None:
        """Returns when all workers have come here: files of the chief are there."""
        self.agree(0.0)

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
        """Trains a model, by Keras' own `fit` where nothing is spread.

        Args:
            model: Compiled within the strategy's scope.
            loss: The one it was compiled with: the mean over some examples.
            batches: Of an epoch.
            epochs: Number of the last epoch.
            initial_epoch: Epochs that are already done.
            callbacks: Told of the beginnings and ends of epochs and batches.
            backup: Folder for the state of the last epoch, from which a killed run
                goes on; without one, it begins again.

        Returns:
            The mean loss of each epoch that was still to be done.
        """
        if self.is_one:
            if backup:
                keeper = keras.callbacks.BackupAndRestore(
                    backup, double_checkpoint=True
                )
                callbacks = [keeper, *callbacks]
            history = model.fit(
                batches(None),
                initial_epoch=initial_epoch,
                epochs=epochs,
                verbose=0,
                shuffle=False,  # the batches already are
                callbacks=list(callbacks),
            )
            return history.history.get("loss", [])
        done = tf.Variable(initial_epoch, dtype=tf.int64, trainable=False)
        manager = self._restored(model, done, backup) if backup else None
        step = self._train_step(model, loss)
        dealt = self._deal(batches)
        steps = int(batches(None).cardinality())
        told = keras.callbacks.CallbackList(
            list(callbacks), model=model, epochs=epochs, steps=steps
        )
        losses = []
        told.on_train_begin()
        for epoch in range(int(done.numpy()), epochs):
            told.on_epoch_begin(epoch)
            parts = iter(dealt)
            total = 0.0
            for number in range(steps):
                told.on_train_batch_begin(number)
                total += float(step(next(parts)))
                told.on_train_batch_end(number)
            losses.append(total / steps)
            done.assign(epoch + 1)
            if manager is not None and self.is_chief:
                manager.save(checkpoint_number=epoch)
            told.on_epoch_end(epoch, {"loss": losses[-1]})
        told.on_train_end()
        self.wait_for_all()
        return losses

    def _restored(
        self, model: keras.Model, done: tf.Variable, folder: Path
    ) -> tf.train.CheckpointManager:
        """Puts the last epoch's state into the model, if there is one."""
        with self.strategy.scope():
            model.optimizer.build(model.trainable_variables)
        checkpoint = tf.train.Checkpoint(
            model=model, optimizer=model.optimizer, done=done
        )
        manager = tf.train.CheckpointManager(checkpoint, str(folder), max_to_keep=2)
        if manager.latest_checkpoint:
            checkpoint.restore(manager.latest_checkpoint).assert_consumed()
        self.wait_for_all()  # before the chief writes the next one
        return manager

    def _deal(self, batches: Batches) -> Iterable[Any]:
        """Give each replica its part of every global batch, with the part's share."""

        def own_parts(context: tf.distribute.InputContext) -> tf.data.Dataset:
            here = context.num_replicas_in_sync // context.num_input_pipelines
            pipeline = context.input_pipeline_id
            return batches(Part(pipeline, here, context.num_replicas_in_sync))

        return self.strategy.distribute_datasets_from_function(own_parts)

    def _train_step(self, model: keras.Model, loss: Loss) -> Callable[[Any], tf.Tensor]:
        """Compiles a step: down the gradient of the mean loss over the global batch."""
        if self._compiled is not None and self._compiled[0] is model:
            return self._compiled[1]

        def replica_step(inputs: Any, labels: tf.Tensor, share: tf.Tensor) -> tf.Tensor:
            with tf.GradientTape() as tape:
                part = loss(labels, model(inputs, training=True)) * share
            gradients = tape.gradient(part, model.trainable_variables)
            # The optimiser sums the gradients of all replicas.
            model.optimizer.apply_gradients(
                zip(gradients, model.trainable_variables, strict=True)
            )
            return part

        @tf.function(reduce_retracing=True)
        def step(batch: Any) -> tf.Tensor:
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
