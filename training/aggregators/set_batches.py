"""Users' sets as batches of standardised photos, without work for each user."""

from collections.abc import Sequence

import numpy as np
import tensorflow as tf

from training.batch_part import Part
from training.features.feature_set import FeatureSet
from training.users.batches import batch_rows
from training.users.user_sets import UserSet, labels

LENGTH_STEP = 8
"""Batches are padded to a multiple of it: each length costs another compilation."""


class SetBatches:
    """Batches of sets of similar size, epoch by epoch.

    A photo stands in many sets and in every epoch: so it is standardised once, and a
    batch is gathered by TensorFlow beside the step before it.

    Args:
        sets: Users.
        feature_set: Gives labels.
        standardised: Its photos, float32 `(photos, dimension)`.
        batch_users: Sets of a batch at most.
    """

    def __init__(
        self,
        sets: Sequence[UserSet],
        feature_set: FeatureSet,
        standardised: tf.Tensor,
        batch_users: int,
    ) -> None:
        self.batch_users = batch_users
        self._standardised = standardised
        self._labels = labels(sets, feature_set)
        self._photos = np.concatenate([user.photos for user in sets])
        self._lengths = np.array([len(user.photos) for user in sets])
        self._starts = np.cumsum(self._lengths) - self._lengths

    def epoch(self, seed: int, part: Part | None = None) -> tf.data.Dataset:
        """Goes once through all sets, or prepares one worker's part of each batch.

        Returns:
            Batches of `(photos, mask), labels`: float32 `(batch, photos, dimension)`,
            bool `(batch, photos)` and uint8 `(batch, D)`. The same seed gives the same.
        """
        chunks = batch_rows(self._lengths, self.batch_users, seed)
        signature = (
            tf.TensorSpec((None, None), tf.int32),
            tf.TensorSpec((None, None), tf.bool),
            tf.TensorSpec((None, self._labels.shape[1]), tf.uint8),
        )
        dataset = tf.data.Dataset.from_generator(
            lambda: map(self._batch, chunks), output_signature=signature
        )
        dataset = dataset.map(
            lambda rows, mask, truth: (
                (tf.gather(self._standardised, rows), mask),
                truth,
            )
        )
        steps = tf.data.experimental.assert_cardinality(len(chunks))
        dataset = dataset.apply(steps)
        return (part.of(dataset) if part else dataset).prefetch(2)

    def _batch(self, users: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Rows of photos, padded with the first one, mask and labels."""
        longest = self._lengths[users].max()
        places = np.arange(-(-longest // LENGTH_STEP) * LENGTH_STEP)
        mask = places < self._lengths[users, None]
        rows = np.where(mask, self._starts[users, None] + places, 0)
        return self._photos[rows].astype(np.int32), mask, self._labels[users]
