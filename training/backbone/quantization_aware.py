"""Quantization-aware training (QAT): an extractor that computes with int8 steps.

Weights and activations are rounded where the converter rounds them, and gradients pass
straight through (Jacob et al., 2018, "Quantization and training of neural networks for
efficient integer-arithmetic-only inference", section 3). Activations are limited to 6,
so their 256 steps are known without calibration; maps without activation have `Bounds`,
which `calibrate` sets.
"""

from typing import Any

import keras
from keras import ops

from training.arrays import Floats, Tensor
from training.backbone.mobilenet import cloned

MAX_ACTIVATION = 6.0
"""Largest activation (ReLU6), and largest feature that is stored."""
MIN_RANGE = 1e-12
"""Added to a kernel's range, since a channel of zeros has none."""


def quantization_aware(extractor: keras.Model) -> keras.Model:
    """Copy an extractor so that it rounds weights and activations to int8 steps.

    Args:
        extractor: Photos -> features, batch norms folded.

    Returns:
        A network of the same shapes and weights, which can be copied back.
    """
    return cloned(
        extractor,
        lambda layer: _QUANTIZED.get(type(layer), type(layer)).from_config(
            layer.get_config()
        ),
    )


class Bounds(keras.layers.Layer):
    """Passes a map on, and knows the values that its int8 steps are to cover.

    Args:
        lower: Smallest value, 0 or less.
        upper: Largest value, 0 or more; 0 for both before calibration.
    """

    def __init__(self, lower: float = 0.0, upper: float = 0.0, **settings: Any) -> None:
        super().__init__(**settings)
        self.lower, self.upper = lower, upper

    def call(self, inputs: Tensor) -> Tensor:
        """Give the map as it is."""
        return inputs

    def get_config(self) -> dict[str, Any]:
        """Settings with both bounds."""
        return {**super().get_config(), "lower": self.lower, "upper": self.upper}


class QuantizedBounds(Bounds):
    """A map of 256 values between its bounds."""

    def call(self, inputs: Tensor) -> Tensor:
        """Clip to the bounds, and round.

        Raises:
            ValueError: They were not calibrated.
        """
        if not self.lower <= 0 <= self.upper or self.lower == self.upper:
            raise ValueError(
                f"{self.name}: expected bounds around 0, received {self.lower} to "
                f"{self.upper}; call `calibrate` before"
            )
        return keras.quantizers.fake_quant_with_min_max_vars(
            inputs, self.lower, self.upper
        )


def calibrate(extractor: keras.Model, inputs: Floats) -> None:
    """Set all `Bounds` to the smallest and largest value that the inputs give.

    Args:
        extractor: Its layers are changed.
        inputs: What it takes, float32 (photos, ...).
    """
    layers = [one for one in extractor.layers if isinstance(one, Bounds)]
    maps = keras.Model(extractor.input, {one.name: one.output for one in layers})
    found = maps.predict(inputs, verbose=0)
    for layer in layers:
        layer.lower = float(min(found[layer.name].min(), 0))
        layer.upper = float(max(found[layer.name].max(), 0))


def _rounded_kernel(kernel: Tensor, channels: int) -> Tensor:
    """Round to 255 steps for every output channel, the axis `channels`."""
    others = [axis for axis in range(4) if axis != channels]
    largest = ops.stop_gradient(ops.max(ops.abs(kernel), axis=others)) + MIN_RANGE
    return keras.quantizers.fake_quant_with_min_max_vars(
        kernel, -largest, largest, narrow_range=True, axis=channels
    )


class QuantizedConvolution(keras.layers.Conv2D):
    """A convolution with an int8 kernel."""

    def convolution_op(self, inputs: Tensor, kernel: Tensor) -> Tensor:
        """Convolve with the rounded kernel.

        Args:
            inputs: float32 (batch, height, width, channels).
            kernel: float32 (height, width, channels, filters).
        """
        return super().convolution_op(inputs, _rounded_kernel(kernel, 3))


class QuantizedDepthwiseConvolution(keras.layers.DepthwiseConv2D):
    """A depthwise convolution with an int8 kernel."""

    def call(self, inputs: Tensor) -> Tensor:
        """Convolve float32 (batch, height, width, channels) with the rounded kernel."""
        outputs = ops.depthwise_conv(
            inputs,
            _rounded_kernel(self.kernel, 2),
            strides=self.strides,
            padding=self.padding,
        )
        return outputs if self.bias is None else outputs + self.bias


class QuantizedActivation(keras.layers.ReLU):
    """ReLU6 with 256 values."""

    def call(self, inputs: Tensor) -> Tensor:
        """Clip to 0 to 6, and round."""
        return keras.quantizers.fake_quant_with_min_max_vars(
            inputs, 0.0, MAX_ACTIVATION
        )


class QuantizedAverage(keras.layers.GlobalAveragePooling2D):
    """The mean over a map, rounded to 256 values."""

    def call(self, inputs: Tensor) -> Tensor:
        """Average, and round."""
        return keras.quantizers.fake_quant_with_min_max_vars(
            super().call(inputs), 0.0, MAX_ACTIVATION
        )


_QUANTIZED: dict[type[keras.Layer], type[keras.Layer]] = {
    keras.layers.Conv2D: QuantizedConvolution,
    keras.layers.DepthwiseConv2D: QuantizedDepthwiseConvolution,
    keras.layers.ReLU: QuantizedActivation,
    keras.layers.GlobalAveragePooling2D: QuantizedAverage,
    Bounds: QuantizedBounds,
}
