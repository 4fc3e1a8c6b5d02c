"""Gates each feature by all the others."""

import keras

from training.arrays import Tensor


@keras.saving.register_keras_serializable("photo_interests")
class ContextGate(keras.layers.Layer):
    """Context gating: Y = sigmoid(W r + b) * r, elementwise.

    Source: Miech, Laptev and Sivic, "Learnable pooling with context gating for
    video classification", 2017; the papers' "NA+CG".
    """

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the gate for vectors `(batch, dimension)`."""
        self.gate = keras.layers.Dense(
            input_shape[-1], activation="sigmoid", name="gate"
        )
        self.gate.build(input_shape)

    def call(self, vectors: Tensor) -> Tensor:
        """Returns the gated vectors, `(batch, dimension)`."""
        return self.gate(vectors) * vectors

    def compute_output_shape(
        self, input_shape: tuple[int | None, ...]
    ) -> tuple[int | None, ...]:
        """Returns the shape of the input."""
        return input_shape
