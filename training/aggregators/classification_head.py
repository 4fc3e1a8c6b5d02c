"""The head of pooled aggregators: one pooled vector to the interests' logits."""

from typing import Any

import keras

from training.aggregators.context_gate import ContextGate
from training.arrays import Tensor


@keras.saving.register_keras_serializable("photo_interests")
class ClassificationHead(keras.layers.Layer):
    """Dense layers at the end of a pooled aggregator, optionally gated first.

    Args:
        categories: Number D of interests.
        hidden: Units of the ReLU layer before the logits; None for no such layer.
        dropout: Share of hidden units dropped in training.
        gated: Whether a `ContextGate` comes first.
    """

    def __init__(
        self,
        categories: int,
        hidden: int | None = None,
        dropout: float = 0.0,
        gated: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.categories = categories
        self.hidden = hidden
        self.dropout = dropout
        self.gated = gated
        self.steps = list(self._make_steps())

    def _make_steps(self) -> list[keras.layers.Layer]:
        steps: list[keras.layers.Layer] = []
        if self.gated:
            steps.append(ContextGate(name="context_gate"))
        if self.hidden is not None:
            hidden = keras.layers.Dense(self.hidden, activation="relu", name="hidden")
            steps += [hidden, keras.layers.Dropout(self.dropout, name="dropout")]
        return [*steps, keras.layers.Dense(self.categories, name="logits")]

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the weights for vectors `(batch, dimension)`."""
        for step in self.steps:
            step.build(input_shape)
            input_shape = step.compute_output_shape(input_shape)

    def call(self, vectors: Tensor, training: bool = False) -> Tensor:
        """Returns the logits, `(batch, categories)`."""
        for step in self.steps:
            is_dropout = isinstance(step, keras.layers.Dropout)
            vectors = step(vectors, training=training) if is_dropout else step(vectors)
        return vectors

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return {
            **super().get_config(),
            "categories": self.categories,
            "hidden": self.hidden,
            "dropout": self.dropout,
            "gated": self.gated,
        }
