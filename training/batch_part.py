"""The part of each batch that one worker takes, where several share the work."""

from dataclasses import dataclass
from typing import Any

import tensorflow as tf


@dataclass(frozen=True)
class Part:
    """What of each global batch the replicas of one input pipeline take.

    Attributes:
        pipeline: Its number; there is one for each worker.
        here: Replicas that it feeds.
        replicas: Of all pipelines together.
    """

    pipeline: int
    here: int
    replicas: int

    def of(self, batches: tf.data.Dataset) -> tf.data.Dataset:
        """Splits each global batch; the parts of this pipeline's replicas follow.

        Args:
            batches: Of `(inputs, labels)`; inputs may be nested.

        Returns:
            `(inputs, labels, share)`: the shares of a batch sum to 1 over all
            replicas. A replica beyond the last example gets one with share 0.
        """
        first = self.pipeline * self.here

        def parts(inputs: Any, labels: tf.Tensor) -> tf.data.Dataset:
            numbers = tf.data.Dataset.range(first, first + self.here)
            return numbers.map(lambda number: self._part(inputs, labels, number))

        return batches.flat_map(parts)

    def _part(self, inputs: Any, labels: tf.Tensor, number: tf.Tensor) -> Any:
        size = tf.shape(labels, tf.int64)[0]
        rows = tf.range(size)[number :: self.replicas]
        share = tf.cast(tf.size(rows), tf.float32) / tf.cast(size, tf.float32)
        rows = tf.cond(tf.size(rows) > 0, lambda: rows, lambda: tf.zeros(1, tf.int64))
        inputs = tf.nest.map_structure(lambda tensor: tf.gather(tensor, rows), inputs)
        return inputs, tf.gather(labels, rows), share
