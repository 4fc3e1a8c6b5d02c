"""Users' sets as batches of standardised photos, without work for each user."""

from collections.abc import Callable, Sequence

import numpy as np
import tensorflow as tf

from training.arrays import Tensor
from training.distribution import Shard
from training.features.feature_set import FeatureSet
from training.simulation.batches import batch_rows
from training.simulation.user_sets import UserSet, labels

Pooling = Callable[[Tensor, Tensor], Tensor]
"""From photos and their mask to the vectors of sets `(batch, length)`."""


class SetBatches:
    """Batches of sets of similar size, epoch by epoch.

    A photo is in many sets and in every epoch, so it is standardised once, and a
    batch is gathered by TensorFlow beside the step before it.

    Args:
        sets: Users.
        feature_set: Gives labels.
        standardised: Its photos, float32 `(photos, dimension)`.
        batch_users: Sets of a batch at most.
        length_step: Batches are padded to a multiple of it; more than 1 pays where
            each length costs another compilation.
    """

    def __init__(
        self,
        sets: Sequence[UserSet],
        feature_set: FeatureSet,
        standardised: tf.Tensor,
        batch_users: int,
        length_step: int = 1,
    ) -> None:
        self.batch_users = batch_users
        self.length_step = length_step
        self._standardised = tf.convert_to_tensor(standardised)
        self._labels = tf.convert_to_tensor(labels(sets, feature_set))
        self._lengths = np.array([len(user.photos) for user in sets])
        photos = np.concatenate([user.photos for user in sets]).astype(np.int32)
        self._photos = tf.RaggedTensor.from_row_lengths(photos, self._lengths)
        self._vectors: tf.Tensor | None = None
        # Traced once: an epoch is a dataset of its own.
        self._batch = tf.function(
            self._gather, input_signature=[tf.TensorSpec([None], tf.int64)]
        )

    def pooled(self, pooling: Pooling) -> "SetBatches":
        """Pools every set once and for all, where pooling learns nothing.

        Returns:
            Itself: its batches now are `vectors, labels`, float32 `(batch, length)`
            and uint8 `(batch, D)`, of the same sets in the same order.
        """
        order = batch_rows(self._lengths, self.batch_users)
        parts = [pooling(*self._batch(rows)[0]) for rows in order]
        places = np.argsort(np.concatenate(order))
        self._vectors = tf.gather(tf.concat(parts, axis=0), places)
        self._batch = tf.function(
            self._gather_vectors, input_signature=self._batch.input_signature
        )
        return self

    def epoch(self, seed: int, shard: Shard | None = None) -> tf.data.Dataset:
        """Goes once through all sets, or prepares one worker's shard of each batch.

        Returns:
            Batches of `(photos, mask), labels`: float32 `(batch, photos, dimension)`,
            bool `(batch, photos)` and uint8 `(batch, D)`. The same seed gives the same.
        """
        chunks = batch_rows(self._lengths, self.batch_users, seed)
        rows = tf.RaggedTensor.from_row_lengths(
            np.concatenate(chunks), [len(chunk) for chunk in chunks]
        )
        dataset = tf.data.Dataset.from_tensor_slices(rows).map(self._batch)
        return (shard.of(dataset) if shard else dataset).prefetch(2)

    def _gather(
        self, users: tf.Tensor
    ) -> tuple[tuple[tf.Tensor, tf.Tensor], tf.Tensor]:
        """Photos of sets with their mask, and labels."""
        photos = tf.gather(self._photos, users)
        lengths = photos.row_lengths()
        longest = -(-tf.reduce_max(lengths) // self.length_step) * self.length_step
        mask = tf.sequence_mask(lengths, longest)
        rows = photos.to_tensor(shape=tf.stack([-1, longest]))
        return (tf.gather(self._standardised, rows), mask), self._labels_of(users)

    def _gather_vectors(self, users: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        return tf.gather(self._vectors, users), self._labels_of(users)

    def _labels_of(self, users: tf.Tensor) -> tf.Tensor:
        return tf.gather(self._labels, users)
