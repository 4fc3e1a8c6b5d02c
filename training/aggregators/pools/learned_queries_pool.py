"""Several learned queries, a vector each."""

from typing import Any

import keras
from keras import ops

from training.aggregators.log_space import EMPTY, log_sum_exp
from training.aggregators.pools.pool import Pool, set_shape
from training.arrays import Tensor


@keras.saving.register_keras_serializable("photo_interests")
class LearnedQueriesPool(Pool):
    """Several learned queries pool a weighted mean each, laid end to end.

    Source: pooling by multihead attention (PMA; Lee et al., "Set Transformer",
    ICML 2019), without its projections. A photo's weight is the mean of its weights.

    Args:
        queries: How many.
        score_scale: Multiplies the scores.
    """

    def __init__(
        self, queries: int = 8, score_scale: float = 1.0, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.queries = queries
        self.score_scale = score_scale

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the queries for photos `(batch, photos, dimension)`."""
        # Not zero as a single query: equal queries would stay equal for ever.
        self.query = self.add_weight(
            name="query", shape=(input_shape[-1], self.queries), initializer="normal"
        )

    def call(self, photos: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Returns vectors `(batch, queries * dimension)` and log weights."""
        dimension = photos.shape[-1]
        scores = ops.reshape(photos, (-1, dimension)) @ self.query * self.score_scale
        scores = ops.reshape(scores, (*set_shape(photos), self.queries))
        if mask is not None:
            scores = ops.where(mask[:, :, None], scores, EMPTY)
        log_weights = ops.log_softmax(scores, axis=1)
        weights = ops.transpose(ops.exp(log_weights), (0, 2, 1))
        vectors = ops.reshape(weights @ photos, (-1, self.queries * dimension))
        return vectors, log_sum_exp(log_weights, axis=2) - ops.log(float(self.queries))

    def vector_size(self, dimension: int) -> int:
        """Returns the length of all queries' vectors together."""
        return self.queries * dimension

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return {
            **super().get_config(),
            "queries": self.queries,
            "score_scale": self.score_scale,
        }
