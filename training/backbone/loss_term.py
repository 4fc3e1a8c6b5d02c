"""The interface of a loss term: one of the losses that fine-tuning sums."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import keras

from training.arrays import Floats, Integers, Tensor

Metric = Callable[[Tensor, Tensor], Tensor]
"""From targets and outputs of a batch to its mean; Keras shows it by its own name."""


@dataclass
class InitContext:
    """What the layers of a loss term can be initialised from.

    Attributes:
        extractor: The network that training starts from: photos to features, float32.
        predict: Runs a network over the photos of some rows: float32 (photos, outputs).
        sample_rows: A sample of the training photos, int (photos,).
        training_rows: All training photos, int (photos,).
        training_labels: Their labels, int (photos,); D for the background class.
        linear_probe: Gives the linear probe of the extractor: weights, float
            (D + 1, features) with the background class last, and bias (D + 1,).
    """

    extractor: keras.Model
    predict: Callable[[keras.Model, Integers], Floats]
    sample_rows: Integers
    training_rows: Integers
    training_labels: Integers
    linear_probe: Callable[[], tuple[Floats, Floats]]

    @cached_property
    def sample_features(self) -> Floats:
        """Features of the sample: float32 (photos, features)."""
        return self.predict(self.extractor, self.sample_rows)

    @cached_property
    def training_features(self) -> Floats:
        """Features of all training photos: float32 (photos, features)."""
        return self.predict(self.extractor, self.training_rows)


class LossTerm(Protocol):
    """A head on the extractor's features and its loss.

    Each stage builds a new network, so a term holds none of its layers; it finds them
    by name.

    Attributes:
        width: Number of outputs.
        metrics: Metrics of its own outputs, shown beside the loss.
    """

    width: int
    metrics: Sequence[Metric]

    def outputs(self, photos: Tensor, features: Tensor) -> tuple[Tensor, ...]:
        """Build the head.

        Args:
            photos: (batch, height, width, 3) in [-1, 1].
            features: The extractor's, float32 (batch, features).

        Returns:
            float32 (batch, n) each; together `width` wide.
        """

    def initialise(self, model: keras.Model, context: InitContext) -> None:
        """Set the weights of the head in `model` before the first stage.

        Args:
            model: The network, which has this head.
            context: The extractor and the training photos.
        """

    def loss(self, targets: Tensor, outputs: Tensor) -> Tensor:
        """Give the weighted mean over a batch.

        Args:
            targets: int (batch,): labels, or float (batch, 1 + F): label, then features
                of a teacher extractor.
            outputs: float32 (batch, width).
        """
