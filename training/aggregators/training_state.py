"""What a run must remember to go on after a kill, written whole or not at all."""

from pathlib import Path

import keras
import numpy as np
import tensorflow as tf


class TrainingState:
    """Weights, optimiser and validation scores of a run, epoch by epoch.

    The best epoch's weights are written before the epoch counts as done, so that
    a kill at any moment costs one epoch and never the best weights. TensorFlow
    writes a checkpoint beside the others and only then names it the latest.

    Args:
        directory: For the checkpoints; what an earlier run left there is restored.
        model: A compiled model.
        epochs: Of the whole run, at most.
        writes: Whether this process is the one that writes the checkpoints, which all
            workers read.
    """

    def __init__(
        self, directory: Path, model: keras.Model, epochs: int, writes: bool = True
    ) -> None:
        self.epochs = epochs
        self.writes = writes
        self._done = tf.Variable(0, dtype=tf.int64)
        self._scores = tf.Variable(tf.zeros(epochs))
        model.optimizer.build(model.trainable_variables)
        checkpoint = tf.train.Checkpoint(
            model=model,
            optimizer=model.optimizer,
            done=self._done,
            scores=self._scores,
        )
        self._best = tf.train.CheckpointManager(
            tf.train.Checkpoint(model=model), str(directory / "best"), 2
        )
        self._latest = tf.train.CheckpointManager(
            checkpoint, str(directory / "latest"), 1
        )
        if self._latest.latest_checkpoint:
            checkpoint.restore(self._latest.latest_checkpoint).assert_consumed()

    @property
    def epochs_done(self) -> int:
        """Epochs that are trained, scored and written."""
        return int(self._done.numpy())

    @property
    def history(self) -> list[float]:
        """Validation scores of the epochs done."""
        return [float(score) for score in self._scores.numpy()[: self.epochs_done]]

    @property
    def best_epoch(self) -> int:
        """The epoch with the highest score, counted from 0."""
        return int(np.argmax(self.history))

    def record(self, score: float) -> None:
        """Ends an epoch: keeps its score, and its weights if they are the best."""
        epoch = self.epochs_done
        # Compared as it is stored, or a score that only repeats the best one could
        # count as better, and push the best epoch's weights out.
        is_best = np.float32(score) > max(self.history, default=-np.inf)
        if self.writes and is_best:
            self._best.save(checkpoint_number=epoch)
        scores = self._scores.numpy()
        scores[epoch] = score
        self._scores.assign(scores)
        self._done.assign(epoch + 1)
        if self.writes:
            self._latest.save(checkpoint_number=epoch)

    def is_finished(self, patience: int) -> bool:
        """Whether epochs or patience are used up."""
        done = self.epochs_done
        return done == self.epochs or (
            done > 0 and done - 1 - self.best_epoch >= patience
        )

    def restore_best(self) -> None:
        """Puts the best epoch's weights into the model."""
        path = f"{self._best.directory}/ckpt-{self.best_epoch}"
        checkpoint = self._best.checkpoint
        checkpoint.restore(path).assert_existing_objects_matched()
