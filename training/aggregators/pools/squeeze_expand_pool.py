"""Two attention blocks, the first over squeezed photos."""

from typing import Any

import keras

from training.aggregators.pools.attention_pool import AttentionPool
from training.aggregators.pools.pool import (
    WeightedMeanPool,
    each_photo,
    scores_of,
    weighted_mean,
)
from training.arrays import Tensor


@keras.saving.register_keras_serializable("photo_interests")
class SqueezeExpandPool(WeightedMeanPool):
    """A squeezed first block asks a whole second one: the poster's squeeze-expand.

    s = W_s x is pooled by softmax(q.s) to r; the expanded query W_e tanh(W r + b)
    pools the whole photos x. W_s and W_e have no bias: so the poster's count of
    parameters, 1,109,736, is met.

    Args:
        squeezed: Length of s and r.
        score_scale: Multiplies the scores of both blocks; the published networks have
            1.
    """

    def __init__(
        self, squeezed: int = 256, score_scale: float = 1.0, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.squeezed = squeezed
        self.score_scale = score_scale
        self.squeeze = keras.layers.Dense(squeezed, use_bias=False, name="squeeze")
        self.first = AttentionPool(score_scale, name="first")
        self.next_query = keras.layers.Dense(
            squeezed, activation="tanh", name="next_query"
        )

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the weights for photos `(batch, photos, dimension)`."""
        dimension = input_shape[-1]
        self.squeeze.build((None, dimension))
        self.first.build((None, None, self.squeezed))
        self.next_query.build((None, self.squeezed))
        self.expand = keras.layers.Dense(dimension, use_bias=False, name="expand")
        self.expand.build((None, self.squeezed))

    def call(self, photos: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Returns the second block's weighted means and log weights."""
        first, _ = self.first(each_photo(self.squeeze, photos), mask=mask)
        query = self.expand(self.next_query(first))
        return weighted_mean(photos, scores_of(photos, query) * self.score_scale, mask)

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return {
            **super().get_config(),
            "squeezed": self.squeezed,
            "score_scale": self.score_scale,
        }
