"""What a lesson is: one of the things that a fine-tuning run learns from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

import keras
import numpy as np

Tensor = Any
"""Of Keras; symbolic while a network is made."""
Metric = Callable[[Tensor, Tensor], Tensor]
"""From truth and outputs of a batch to its mean; Keras shows it by its own name."""


@dataclass
class Beginning:
    """The extractor that training begins with, and what it can be shown.

    Attributes:
        extractor: Photos -> features, float32.
        answers: Runs a network of the extractor's size over the photos of some rows:
            float32 (photos, outputs).
        rows: The training photos that a start is made with.
        training_rows: All training photos.
        training_labels: Theirs, int; D for none.
        probe: Gives the linear probe of the extractor: weights float (D + 1, features),
            none last, and bias (D + 1,).
    """

    extractor: keras.Model
    answers: Callable[[keras.Model, np.ndarray], np.ndarray]
    rows: np.ndarray
    training_rows: np.ndarray
    training_labels: np.ndarray
    probe: Callable[[], tuple[np.ndarray, np.ndarray]]

    @cached_property
    def features(self) -> np.ndarray:
        """Of the photos that a start is made with: float32 (photos, features)."""
        return self.answers(self.extractor, self.rows)

    @cached_property
    def training_features(self) -> np.ndarray:
        """Of all training photos: float32 (photos, features)."""
        return self.answers(self.extractor, self.training_rows)


class Lesson(Protocol):
    """Outputs of a network that are there to be learnt from, and what they cost.

    A network is made anew for every stage, so a lesson keeps none of its layers; it
    finds them by their names.

    Attributes:
        width: How many outputs.
        metrics: Shown beside the loss, of the lesson's own outputs.
    """

    width: int
    metrics: Sequence[Metric]

    def outputs(self, photos: Tensor, features: Tensor) -> tuple[Tensor, ...]:
        """Make the lesson's layers.

        Args:
            photos: (batch, height, width, 3) in [-1, 1].
            features: The extractor's of these, float32 (batch, features).

        Returns:
            float32 (batch, n) each; together `width` wide.
        """

    def start(self, model: keras.Model, beginning: Beginning) -> None:
        """Give the lesson's layers in `model` the weights that the first stage has."""

    def loss(self, truth: Tensor, outputs: Tensor) -> Tensor:
        """Give the mean over a batch, weighted as it is to count.

        Args:
            truth: int (batch,): labels, or float (batch, 1 + F): label, then features
                of another extractor.
            outputs: float32 (batch, width).
        """
