"""Pooling of single photos' classes as in the literature on multiple-instance learning.

The baselines beside photo evidence: the same clipped features, the same linear
classifier with a background class, another pooling, and no size penalty.
"""

from typing import Any, Literal

import keras
from keras import ops

from training.aggregators.aggregator import Aggregator, Prediction
from training.aggregators.log_space import EMPTY, TINY, log_odds
from training.arrays import Tensor

Pooling = Literal["noisy_or", "mean", "top_k_mean"]


@keras.saving.register_keras_serializable("photo_interests")
class InstancePooling(Aggregator):
    """Classifies each photo, then pools the probabilities by a fixed rule.

    The logit of an interest is a r + o, with r the log-odds of the pooled probability:
    1 - prod (1 - p) for `noisy_or` (Maron and Lozano-Pérez, 1998), the mean of p for
    `mean`, the mean of the `top` largest p for `top_k_mean`.

    Args:
        dimension: See `Aggregator`.
        categories: See `Aggregator`.
        feature_scale: See `Aggregator`.
        pooling: The rule.
        top: How many photos `top_k_mean` reads; all of a smaller set.
        feature_limit: Size that standardised features are clipped to.
    """

    def __init__(
        self,
        dimension: int,
        categories: int,
        feature_scale: float,
        pooling: Pooling = "noisy_or",
        top: int = 3,
        feature_limit: float = 1.0,
        **kwargs: Any,
    ) -> None:
        super().__init__(dimension, categories, feature_scale, **kwargs)
        if top < 1:
            raise ValueError(f"top: expected at least 1 photo, received {top}")
        self.pooling = pooling
        self.top = top
        self.standardise.limit = feature_limit
        self.classifier = keras.layers.Dense(categories + 1, name="classifier")

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the weights for features `(batch, photos, dimension)`."""
        super().build(input_shape)
        self.classifier.build((None, self.dimension))
        self.slope = self.add_weight(name="slope", shape=(), initializer="ones")
        self.offset = self.add_weight(name="offset", shape=(), initializer="zeros")

    def call(
        self, features: Tensor, mask: Tensor | None = None, training: bool = False
    ) -> Tensor:
        """Returns the logits of the interests, `(batch, categories)`."""
        batch, photos = ops.shape(features)[:2]
        odds = self._odds(ops.reshape(features, (-1, self.dimension)))
        odds = ops.reshape(odds, (batch, photos, self.categories))
        if mask is None:
            mask = ops.ones((batch, photos), "bool")
        return self.slope * self._pooled(odds, mask[:, :, None]) + self.offset

    def predict(self, features: Tensor) -> Prediction:
        """Returns interests, contributions and what is on each photo.

        A photo's contribution is its probability over the sum of all photos'.
        """
        odds = self._odds(features)
        shown = ops.sigmoid(odds)
        pooled = self._pooled(odds[None], ops.ones_like(odds[None, :, :1]) > 0)
        return {
            "probabilities": ops.sigmoid(self.slope * pooled[0] + self.offset),
            "contributions": shown / ops.maximum(ops.sum(shown, axis=0), TINY),
            "photo_probabilities": shown,
        }

    def _odds(self, features: Tensor) -> Tensor:
        """Returns log-odds `(photos, categories)` of stored features."""
        return log_odds(self.classifier(self.standardise(features)))[:, :-1]

    def _pooled(self, odds: Tensor, mask: Tensor) -> Tensor:
        """Log-odds `(batch, categories)` of the pooled probabilities.

        Args:
            odds: `(batch, photos, categories)`.
            mask: Which photos are real, bool `(batch, photos, 1)`.
        """
        if self.pooling == "noisy_or":
            missed = ops.where(mask, ops.softplus(odds), 0.0)
            # log(exp(m) - 1) = m + log(1 - exp(-m)), with m = -log prod(1 - p).
            total = ops.maximum(ops.sum(missed, axis=1), 1e-12)
            return total + ops.log(-ops.expm1(-total))
        if self.pooling == "top_k_mean":
            odds = ops.where(mask, odds, EMPTY)
            odds = ops.transpose(odds, (0, 2, 1))
            odds = -ops.sort(-odds, axis=-1)[:, :, : self.top]
            odds = ops.transpose(odds, (0, 2, 1))
            mask = odds > EMPTY / 2
        real = ops.cast(mask, odds.dtype)
        mean = ops.sum(ops.sigmoid(odds) * real, axis=1) / ops.sum(real, axis=1)
        mean = ops.clip(mean, 1e-12, 1 - 1e-6)
        return ops.log(mean) - ops.log1p(-mean)

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return {
            **super().get_config(),
            "pooling": self.pooling,
            "top": self.top,
            "feature_limit": self.standardise.limit,
        }
