"""A small set transformer: photos look at one another, then one seed at all."""

from typing import Any

import keras
from keras import ops

from training.aggregators.pools.attention_block import AttentionBlock
from training.aggregators.pools.pool import Pool, each_photo
from training.arrays import Tensor

TINY = 1e-30


@keras.saving.register_keras_serializable("photo_interests")
class SetTransformerPool(Pool):
    """Projection, one induced self-attention block (ISAB), pooling by one seed.

    Photos see one another through a few inducing points, so that time grows with
    their number and not with its square. Source: Lee et al., "Set Transformer",
    ICML 2019. A photo's weight is the seed's, averaged over heads.

    Args:
        width: Length of the vectors inside and of the pooled one.
        heads: Of every block.
        inducing_points: Of the self-attention.
    """

    def __init__(
        self,
        width: int = 128,
        heads: int = 4,
        inducing_points: int = 16,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.width = width
        self.heads = heads
        self.inducing_points = inducing_points
        self.project = keras.layers.Dense(width, name="project")
        self.gather, self.spread, self.collect = (
            AttentionBlock(width, heads, name=name)
            for name in ("gather", "spread", "collect")
        )

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the weights for photos `(batch, photos, dimension)`."""
        self.project.build((None, input_shape[-1]))
        self.inducing = self.add_weight(
            name="inducing", shape=(self.inducing_points, self.width)
        )
        self.seed = self.add_weight(name="seed", shape=(1, self.width))
        for block in (self.gather, self.spread, self.collect):
            block.build((None, None, self.width))

    def call(self, photos: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Returns vectors `(batch, width)` and log weights."""
        projected = each_photo(self.project, photos)
        gathered, _ = self.gather(
            self._repeat(self.inducing, photos), projected, mask=mask
        )
        spread, _ = self.spread(projected, gathered)
        pooled, weights = self.collect(
            self._repeat(self.seed, photos), spread, mask=mask
        )
        weights = ops.mean(weights[:, :, 0, :], axis=1)
        return pooled[:, 0, :], ops.log(ops.maximum(weights, TINY))

    def vector_size(self, dimension: int) -> int:
        """Returns the width."""
        return self.width

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return {
            **super().get_config(),
            "width": self.width,
            "heads": self.heads,
            "inducing_points": self.inducing_points,
        }

    @staticmethod
    def _repeat(vectors: Tensor, photos: Tensor) -> Tensor:
        """Gives each set of the batch its copy of learned vectors."""
        return vectors[None] + ops.zeros_like(photos[:, :1, :1])
