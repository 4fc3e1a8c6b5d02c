"""All photos count alike."""

from typing import Any

import keras
from keras import ops

from training.aggregators.pools.pool import WeightedMeanPool, weighted_mean


@keras.saving.register_keras_serializable("photo_interests")
class MeanPool(WeightedMeanPool):
    """The mean of the photos: the published "Average"."""

    def call(self, photos: Any, mask: Any = None) -> tuple[Any, Any]:
        """Returns the mean photos and equal weights."""
        return weighted_mean(photos, ops.zeros_like(photos[:, :, 0]), mask)
