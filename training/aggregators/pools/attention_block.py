"""The multihead attention block of the Set Transformer."""

from typing import Any

import keras
from keras import ops

from training.aggregators.log_space import EMPTY, shares
from training.aggregators.pools.pool import each_photo, set_shape
from training.arrays import Tensor

PROJECTIONS = ("query", "key", "value", "output", "feed_forward")


@keras.saving.register_keras_serializable("photo_interests")
class AttentionBlock(keras.layers.Layer):
    """MAB(X, Y) = norm(H + ff(H)), H = norm(X + multihead attention of X over Y).

    Knows no positions. Source: Lee et al., "Set Transformer", ICML 2019, equations 6
    and 7.

    Args:
        width: Length of the vectors in and out.
        heads: Heads that share the width.

    Raises:
        ValueError: The heads do not share the width evenly.
    """

    def __init__(self, width: int, heads: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        if width % heads:
            raise ValueError(f"expected heads that divide {width}. Received: {heads}")
        self.width = width
        self.heads = heads
        self.dense = {
            name: keras.layers.Dense(
                width, "relu" if name == "feed_forward" else None, name=name
            )
            for name in PROJECTIONS
        }
        self.norms = [keras.layers.LayerNormalization(name=f"norm_{i}") for i in (1, 2)]

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the weights for vectors of `width`."""
        for dense in self.dense.values():
            dense.build((None, self.width))
        for norm in self.norms:
            norm.build((None, None, self.width))

    def call(
        self, queries: Tensor, keys: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Lets each of X look at all of Y.

        Args:
            queries: X, `(batch, n, width)`.
            keys: Y, `(batch, m, width)`.
            mask: Which of Y are real, bool `(batch, m)`; None if all are.

        Returns:
            `(batch, n, width)` and the weights `(batch, heads, n, m)`.
        """
        query, key, value = (
            self._heads(each_photo(self.dense[name], vectors))
            for name, vectors in (("query", queries), ("key", keys), ("value", keys))
        )
        scores = query @ ops.transpose(key, (0, 1, 3, 2))
        scores = scores * (self.width // self.heads) ** -0.5
        if mask is not None:
            scores = ops.where(mask[:, None, None, :], scores, EMPTY)
        weights = shares(scores, axis=-1)
        seen = ops.transpose(weights @ value, (0, 2, 1, 3))
        seen = ops.reshape(seen, (*set_shape(queries), self.width))
        hidden = self.norms[0](queries + each_photo(self.dense["output"], seen))
        return (
            self.norms[1](hidden + each_photo(self.dense["feed_forward"], hidden)),
            weights,
        )

    def compute_mask(self, inputs: Tensor, previous_mask: Tensor | None) -> None:
        """Ends the mask."""

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return {**super().get_config(), "width": self.width, "heads": self.heads}

    def _heads(self, vectors: Tensor) -> Tensor:
        """Parts `(batch, n, width)` into `(batch, heads, n, width / heads)`."""
        shape = (*set_shape(vectors), self.heads, self.width // self.heads)
        return ops.transpose(ops.reshape(vectors, shape), (0, 2, 1, 3))
