"""Attention with one learned query."""

from typing import Any

import keras

from training.aggregators.pools.pool import (
    WeightedMeanPool,
    scores_of,
    weighted_mean,
)
from training.arrays import Tensor


@keras.saving.register_keras_serializable("photo_interests")
class AttentionPool(WeightedMeanPool):
    """One attention block: the weight of x is softmax(scale q.x), q learned.

    Source: NAN (Yang et al., CVPR 2017), the papers' "NA" with one block.

    Args:
        score_scale: Multiplies the scores; the published networks have 1.
    """

    def __init__(self, score_scale: float = 1.0, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.score_scale = score_scale

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the query for photos `(batch, photos, dimension)`."""
        # Zero: attention starts as the mean, and no photo is shut out by chance.
        self.query = self.add_weight(
            name="query", shape=(input_shape[-1],), initializer="zeros"
        )

    def call(self, photos: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Returns the weighted means and log weights."""
        scores = scores_of(photos, self.query[None, :]) * self.score_scale
        return weighted_mean(photos, scores, mask)

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return {**super().get_config(), "score_scale": self.score_scale}
