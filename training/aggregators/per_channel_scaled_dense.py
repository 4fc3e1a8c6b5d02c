"""A dense layer that int8 weights cost little, however unequal its outputs are."""

import keras
from keras import ops

from training.arrays import Tensor


@keras.saving.register_keras_serializable("photo_interests")
class PerChannelScaledDense(keras.layers.Dense):
    """A dense layer whose kernel is stored with columns of one size.

    The app's runtime has one int8 step for a whole kernel, so the output with the
    largest weight sets it, and outputs of small weights are rounded most. Here each
    column is divided by its largest weight, and the outputs are multiplied by it: the
    same function, with a step for each output. Trained weights stay what they are.
    """

    def call(self, inputs: Tensor, training: bool = False) -> Tensor:
        """Returns the outputs `(photos, units)` of inputs `(photos, dimension)`."""
        largest = ops.max(ops.abs(self.kernel), axis=0)
        largest = ops.where(largest > 0, largest, ops.ones_like(largest))
        even = ops.matmul(inputs, self.kernel / largest)
        # Without a dimension between them, the converter multiplies the kernel again.
        factors = ops.reshape(largest, (1, 1, self.units))
        outputs = ops.reshape(even, (-1, 1, self.units)) * factors
        outputs = ops.reshape(outputs, (-1, self.units))
        if self.use_bias:
            outputs = outputs + self.bias
        return outputs if self.activation is None else self.activation(outputs)
