"""Two attention blocks: the first one's result makes the query of the second."""

from typing import Any

import keras

from training.aggregators.pools.attention_pool import AttentionPool
from training.aggregators.pools.pool import (
    WeightedMeanPool,
    scores_of,
    weighted_mean,
)
from training.arrays import Tensor


@keras.saving.register_keras_serializable("photo_interests")
class TwoBlockPool(WeightedMeanPool):
    """Two attention blocks: q pools r0, the query tanh(W r0 + b) pools the result.

    Source: NAN (Yang et al., CVPR 2017), the paper's "NA" with two blocks.

    Args:
        score_scale: Multiplies the scores of both blocks; the published networks have
            1.
        residual_query: Whether the first query is added to the second; the published
            networks do not.
    """

    def __init__(
        self, score_scale: float = 1.0, residual_query: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.score_scale = score_scale
        self.residual_query = residual_query
        self.first = AttentionPool(score_scale, name="first")

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates both queries' weights for photos `(batch, photos, dimension)`."""
        dimension = input_shape[-1]
        self.first.build(input_shape)
        self.next_query = keras.layers.Dense(
            dimension, activation="tanh", name="next_query"
        )
        self.next_query.build((None, dimension))

    def call(self, photos: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Returns the second block's weighted means and log weights."""
        first, _ = self.first(photos, mask=mask)
        query = self.next_query(first)
        if self.residual_query:
            query = query + self.first.query[None, :]
        return weighted_mean(photos, scores_of(photos, query) * self.score_scale, mask)

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return {
            **super().get_config(),
            "score_scale": self.score_scale,
            "residual_query": self.residual_query,
        }
