"""One vector from a set of photos, by weights that sum to one."""

from typing import Any

import keras
from keras import ops

from training.aggregators.log_space import EMPTY


@keras.saving.register_keras_serializable("photo_interests")
class AttentionPool(keras.layers.Layer):
    """Softmax attention over the photos: the weight of x is softmax(scale q.x).

    The query is learned unless one is given with the call, as a second block
    does. Source: NAN (Yang et al., CVPR 2017).

    Args:
        learned_query: Whether the layer has a query of its own.
        score_scale: Multiplies the scores; the sources have 1.
    """

    def __init__(
        self, learned_query: bool = True, score_scale: float = 1.0, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.learned_query = learned_query
        self.score_scale = score_scale
        self.supports_masking = True

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the query for photos `(batch, photos, dimension)`."""
        if self.learned_query:
            # Zero: attention starts as the mean, and no photo is shut out by chance.
            self.query = self.add_weight(
                name="query", shape=(input_shape[-1],), initializer="zeros"
            )

    def call(self, photos: Any, query: Any = None, mask: Any = None) -> tuple[Any, Any]:
        """Pools `(batch, photos, dimension)`, with queries `(batch, dimension)`.

        Returns:
            The vectors `(batch, dimension)` and log weights `(batch, photos)`.
        """
        query = self.query[None, :] if query is None else query
        # Never (batch, photos, dimension) @ (dimension,): several times slower.
        scores = ops.sum(photos * query[:, None, :], axis=-1) * self.score_scale
        return pool(photos, scores, mask)

    def compute_mask(self, inputs: Any, previous_mask: Any) -> None:
        """Ends the mask: a pooled vector has no photos."""

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return {
            **super().get_config(),
            "learned_query": self.learned_query,
            "score_scale": self.score_scale,
        }


def pool(photos: Any, scores: Any, mask: Any = None) -> tuple[Any, Any]:
    """Returns the softmax(scores)-weighted mean of photos, and the log weights.

    Args:
        photos: `(batch, photos, dimension)`.
        scores: `(batch, photos)`.
        mask: Which photos are real, bool `(batch, photos)`; None if all are.
    """
    if mask is not None:
        scores = ops.where(mask, scores, EMPTY)
    log_weights = ops.log_softmax(scores, axis=-1)
    return ops.sum(photos * ops.exp(log_weights)[:, :, None], axis=1), log_weights
