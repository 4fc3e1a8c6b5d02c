"""The paper's best aggregator."""

from typing import Any

import keras

from training.aggregators.attention_pool import AttentionPool
from training.aggregators.pooled_aggregator import PooledAggregator


@keras.saving.register_keras_serializable("photo_interests")
class Attention2Gating(PooledAggregator):
    """Two attention blocks, context gating, dense layers.

    The learned query q pools r0; the second query tanh(W r0 + b) pools r1;
    r1 is gated and answered. Sources: NAN (Yang et al., CVPR 2017) for the
    blocks, Miech et al., 2017, for the gate.

    Args:
        dimension: Features of a photo.
        categories: Interests to tell.
        feature_scale: The value of one quantisation step of a stored feature.
        hidden: Units of the ReLU layer before the answer; None for no such layer.
        dropout: Share of hidden units dropped in training.
        gated: Whether the pooled vector is gated by its context.
        score_scale: Multiplies the attention scores; the paper has 1.
    """

    def __init__(
        self,
        dimension: int,
        categories: int,
        feature_scale: float,
        hidden: int | None = 2048,
        dropout: float = 0.5,
        gated: bool = True,
        score_scale: float = 1.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(
            dimension, categories, feature_scale, hidden, dropout, gated, **kwargs
        )
        self.score_scale = score_scale
        self.first = AttentionPool(score_scale=score_scale, name="first")
        self.second = AttentionPool(False, score_scale, name="second")
        self.next_query = keras.layers.Dense(
            dimension, activation="tanh", name="next_query"
        )

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the weights for features `(batch, photos, dimension)`."""
        super().build(input_shape)
        self.first.build(input_shape)
        self.second.build(input_shape)
        self.next_query.build((None, self.dimension))

    def pool(self, photos: Any, mask: Any = None) -> tuple[Any, Any]:
        """Returns the second block's vectors and log weights."""
        first, _ = self.first(photos, mask=mask)
        return self.second(photos, query=self.next_query(first), mask=mask)

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return {**super().get_config(), "score_scale": self.score_scale}
