"""The mean of the photos beside the largest value of each feature."""

from typing import Any

import keras
from keras import ops

from training.aggregators.log_space import EMPTY
from training.aggregators.pools.mean_pool import MeanPool
from training.aggregators.pools.pool import Pool
from training.arrays import Tensor


@keras.saving.register_keras_serializable("photo_interests")
class MeanMaxPool(Pool):
    """Mean and maximum of each feature, end to end; photos weigh equally."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.mean = MeanPool(name="mean")

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """There are no weights."""

    def call(self, photos: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Returns vectors `(batch, 2 * dimension)` and log weights."""
        mean, log_weights = self.mean(photos, mask=mask)
        if mask is not None:
            photos = ops.where(mask[:, :, None], photos, EMPTY)
        return ops.concatenate([mean, ops.max(photos, axis=1)], axis=1), log_weights

    def vector_size(self, dimension: int) -> int:
        """Returns the length of mean and maximum together."""
        return 2 * dimension
