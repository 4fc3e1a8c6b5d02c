"""Aggregators that pool all photos into one vector before they classify."""

from typing import Any

import keras
from keras import ops

from training.aggregators.aggregator import Aggregator, Prediction
from training.aggregators.classification_head import ClassificationHead
from training.aggregators.log_space import log_sigmoid, shares
from training.aggregators.pools.pool import Pool
from training.arrays import Tensor


@keras.saving.register_keras_serializable("photo_interests")
class PooledAggregator(Aggregator):
    """A `Pool` of the standardised photos, then a `ClassificationHead`.

    The family of the published networks (NAN, context gating).

    The classes of a photo are the prediction for a set of that photo alone.

    Args:
        dimension: Features of a photo.
        categories: Number D of interests.
        feature_scale: The value of one quantisation step of a stored feature.
        pool: How photos are mixed; a copy without weights is taken, so that one
            config can make several networks.
        hidden: Units of the ReLU layer before the logits; None for no such layer.
        dropout: Share of hidden units dropped in training.
        gated: Whether the pooled vector is gated by its context.
        feature_limit: Size that standardised features are clipped to; None for none.
    """

    def __init__(
        self,
        dimension: int,
        categories: int,
        feature_scale: float,
        pool: Pool,
        hidden: int | None = None,
        dropout: float = 0.0,
        gated: bool = False,
        feature_limit: float | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(dimension, categories, feature_scale, **kwargs)
        self.standardise.limit = feature_limit
        self.pool = type(pool).from_config(pool.get_config())
        self.hidden = hidden
        self.dropout = dropout
        self.gated = gated
        self.head = ClassificationHead(categories, hidden, dropout, gated, name="head")

    @property
    def kind(self) -> str:
        """Its pool, and whether that is gated: `two_block_pool_gated`."""
        pool = type(self.pool).__module__.rpartition(".")[2]
        return f"{pool}_gated" if self.gated else pool

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the weights for features `(batch, photos, dimension)`."""
        super().build(input_shape)
        self.pool.build(input_shape)
        self.head.build((None, self.pool.vector_size(self.dimension)))

    def call(
        self, features: Tensor, mask: Tensor | None = None, training: bool = False
    ) -> Tensor:
        """Returns the logits of the interests, `(batch, categories)`."""
        return self.logits(self.standardise(features), mask, training)

    def logits(
        self, photos: Tensor, mask: Tensor | None = None, training: bool = False
    ) -> Tensor:
        """Returns what `call` does, of photos that are standardised already.

        Training standardises every photo once, and not once for each user and epoch.
        """
        vectors, _ = self.pool(photos, mask=mask)
        return self.head(vectors, training=training)

    def predict(self, features: Tensor) -> Prediction:
        """Returns interests, contributions and each photo's own prediction.

        A photo's contribution is its weight times its own probability, normalised.
        """
        photos = self.standardise(features)
        vectors, log_weights = self.pool(photos[None])
        own_logits = self.head(self.pool.alone(photos))
        log_shares = ops.transpose(log_weights) + log_sigmoid(own_logits)
        return {
            "probabilities": ops.sigmoid(self.head(vectors)[0]),
            "contributions": shares(log_shares, axis=0),
            "photo_probabilities": ops.sigmoid(own_logits),
        }

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        pool = keras.saving.serialize_keras_object(self.pool)
        pool.pop("build_config", None)  # whether its weights are there yet
        return {
            **super().get_config(),
            "pool": pool,
            "hidden": self.hidden,
            "dropout": self.dropout,
            "gated": self.gated,
            "feature_limit": self.standardise.limit,
        }

    @classmethod
    def from_config(cls, config: dict[str, Any]) -> "PooledAggregator":
        """Makes the layer that `get_config` describes."""
        pool = keras.saving.deserialize_keras_object(config["pool"])
        return cls(**{**config, "pool": pool})
