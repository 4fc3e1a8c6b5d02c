"""All photos count alike."""

import keras
from keras import ops

from training.aggregators.pools.pool import WeightedMeanPool, weighted_mean
from training.arrays import Tensor


@keras.saving.register_keras_serializable("photo_interests")
class MeanPool(WeightedMeanPool):
    """The mean of the photos: the published "Average"."""

    def call(self, photos: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Returns the mean photos and equal weights."""
        return weighted_mean(photos, ops.zeros_like(photos[:, :, 0]), mask)
