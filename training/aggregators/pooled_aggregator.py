"""Aggregators that mix the photos into one vector before they answer."""

from abc import abstractmethod
from typing import Any

from keras import ops

from training.aggregators.aggregator import Aggregator, Answer
from training.aggregators.answer_head import AnswerHead
from training.aggregators.log_space import log_sigmoid, shares


class PooledAggregator(Aggregator):
    """One weighted mean of the standardised photos, then an `AnswerHead`.

    Subclasses write `pool`. Since a set of one photo pools to that photo, the
    head alone tells what is on each photo.

    Args:
        dimension: Features of a photo.
        categories: Interests to tell.
        feature_scale: The value of one quantisation step of a stored feature.
        hidden: Units of the ReLU layer before the answer; None for no such layer.
        dropout: Share of hidden units dropped in training.
        gated: Whether the pooled vector is gated by its context.
    """

    def __init__(
        self,
        dimension: int,
        categories: int,
        feature_scale: float,
        hidden: int | None = None,
        dropout: float = 0.0,
        gated: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(dimension, categories, feature_scale, **kwargs)
        self.hidden = hidden
        self.dropout = dropout
        self.gated = gated
        self.head = AnswerHead(categories, hidden, dropout, gated, name="head")

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the weights for features `(batch, photos, dimension)`."""
        super().build(input_shape)
        self.head.build((None, self.dimension))

    @abstractmethod
    def pool(self, photos: Any, mask: Any = None) -> tuple[Any, Any]:
        """Mixes standardised photos `(batch, photos, dimension)`.

        Returns:
            The vectors `(batch, dimension)` and log weights `(batch, photos)`.
        """

    def call(self, features: Any, mask: Any = None, training: bool = False) -> Any:
        """Returns the logits of the interests, `(batch, categories)`."""
        vectors, _ = self.pool(self.standardise(features), mask)
        return self.head(vectors, training=training)

    def answer(self, features: Any) -> Answer:
        """Returns interests, contributions and photos' own answers.

        A photo's contribution is its weight times its own answer, normalised.
        """
        photos = self.standardise(features)
        vectors, log_weights = self.pool(photos[None])
        own_logits = self.head(photos)
        log_shares = ops.transpose(log_weights) + log_sigmoid(own_logits)
        return {
            "probabilities": ops.sigmoid(self.head(vectors)[0]),
            "contributions": shares(log_shares, axis=0),
            "photo_probabilities": ops.sigmoid(own_logits),
        }

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return {
            **super().get_config(),
            "hidden": self.hidden,
            "dropout": self.dropout,
            "gated": self.gated,
        }
