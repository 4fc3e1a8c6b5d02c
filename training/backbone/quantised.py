"""An extractor that rounds as its bytes will, so that training makes up for it.

Weights and activations are rounded where the converter rounds them, and gradients pass
as if they were not (Jacob et al., 2018, "Quantization and training of neural networks
for efficient integer-arithmetic-only inference", section 3). Every activation ends at
6, so its 256 steps are known without calibration.
"""

from typing import Any

import keras
from keras import ops

from training.backbone.lesson import Tensor

LARGEST = 6.0
"""Of the activations (ReLU6), and of what is stored of the features."""
SMALLEST = 1e-12
"""Added to a kernel's range, since a channel of zeros has none."""


def rounded(extractor: keras.Model) -> keras.Model:
    """Copy an extractor so that it rounds weights and activations to bytes.

    Args:
        extractor: Photos -> features, batch norms folded; see `folding`.

    Returns:
        The same shapes and the same weights, so that they may be carried back.
    """

    def copied(layer: keras.Layer) -> Any:
        return _ROUNDED.get(type(layer), type(layer)).from_config(layer.get_config())

    other = keras.models.clone_model(extractor, clone_function=copied)
    other.set_weights(extractor.get_weights())
    return other


def _rounded_kernel(kernel: Tensor, channels: int) -> Tensor:
    """Round to 255 steps for every output channel, the axis `channels`."""
    others = [axis for axis in range(4) if axis != channels]
    largest = ops.stop_gradient(ops.max(ops.abs(kernel), axis=others)) + SMALLEST
    return keras.quantizers.fake_quant_with_min_max_vars(
        kernel, -largest, largest, narrow_range=True, axis=channels
    )


class RoundedConvolution(keras.layers.Conv2D):
    """A convolution whose kernel has one byte for each weight."""

    def convolution_op(self, inputs: Tensor, kernel: Tensor) -> Tensor:
        """Convolve with the rounded kernel."""
        return super().convolution_op(inputs, _rounded_kernel(kernel, 3))


class RoundedDepthwiseConvolution(keras.layers.DepthwiseConv2D):
    """A depthwise convolution, without bias, of one byte for each weight."""

    def call(self, inputs: Tensor) -> Tensor:
        """Convolve with the rounded kernel."""
        return ops.depthwise_conv(
            inputs,
            _rounded_kernel(self.kernel, 2),
            strides=self.strides,
            padding=self.padding,
        )


class RoundedActivation(keras.layers.ReLU):
    """ReLU6 that gives one of 256 values."""

    def call(self, inputs: Tensor) -> Tensor:
        """Clip to 0 to 6, and round."""
        return keras.quantizers.fake_quant_with_min_max_vars(inputs, 0.0, LARGEST)


class RoundedAverage(keras.layers.GlobalAveragePooling2D):
    """The mean over a map, as one of 256 values."""

    def call(self, inputs: Tensor) -> Tensor:
        """Average, and round."""
        return keras.quantizers.fake_quant_with_min_max_vars(
            super().call(inputs), 0.0, LARGEST
        )


_ROUNDED: dict[type[keras.Layer], type[keras.Layer]] = {
    keras.layers.Conv2D: RoundedConvolution,
    keras.layers.DepthwiseConv2D: RoundedDepthwiseConvolution,
    keras.layers.ReLU: RoundedActivation,
    keras.layers.GlobalAveragePooling2D: RoundedAverage,
}
