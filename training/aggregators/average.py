"""The sources' baseline: all photos count alike."""

from typing import Any

import keras
from keras import ops

from training.aggregators.attention_pool import pool
from training.aggregators.pooled_aggregator import PooledAggregator


@keras.saving.register_keras_serializable("photo_interests")
class Average(PooledAggregator):
    """The mean of the photos, then dense layers.

    Without a hidden layer it is the poster's, with one of 2,048 the paper's.
    """

    def pool(self, photos: Any, mask: Any = None) -> tuple[Any, Any]:
        """Returns the mean photo and equal weights."""
        return pool(photos, ops.zeros_like(photos[:, :, 0]), mask)
