"""Attention that looks at squeezed photos and mixes the whole ones."""

from typing import Any

import keras

from training.aggregators.pools.attention_pool import AttentionPool
from training.aggregators.pools.pool import WeightedMeanPool, each_photo, weighted_mean
from training.arrays import Tensor


@keras.saving.register_keras_serializable("photo_interests")
class SqueezedPool(WeightedMeanPool):
    """The weight of x is softmax(scale q.s) with s = W x, squeezed.

    The sum is over the whole photos x, not over s: that reading meets the poster's
    count of parameters (781,800; summing s would give 585,192).

    Args:
        squeezed: Length of s.
        score_scale: Multiplies the scores; the published networks have 1.
    """

    def __init__(
        self, squeezed: int = 256, score_scale: float = 1.0, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.squeezed = squeezed
        self.score_scale = score_scale
        self.squeeze = keras.layers.Dense(squeezed, use_bias=False, name="squeeze")
        self.attention = AttentionPool(score_scale, name="attention")

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the weights for photos `(batch, photos, dimension)`."""
        self.squeeze.build((None, input_shape[-1]))
        self.attention.build((None, None, self.squeezed))

    def call(self, photos: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Returns the weighted means and log weights."""
        _, log_weights = self.attention(each_photo(self.squeeze, photos), mask=mask)
        return weighted_mean(photos, log_weights, mask)

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return {
            **super().get_config(),
            "squeezed": self.squeezed,
            "score_scale": self.score_scale,
        }
