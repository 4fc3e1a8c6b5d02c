"""EfficientNet-lite0 as a feature extractor in Keras, batch norms folded.

Source: Tan and Le, ICML 2019; the variant without squeeze-and-excitation and with
ReLU6, which quantises well.
"""

from dataclasses import dataclass

import keras
import numpy as np

from training.arrays import Tensor
from training.backbone.efficientnet_weights import Weights
from training.backbone.quantization_aware import Bounds

SIDE, DIMENSION = 224, 1280
BLOCKS = (
    # repeats, stride, expansion; kernels and channels are those of the weights
    (1, 1, 1),
    (2, 2, 6),
    (2, 2, 6),
    (3, 2, 6),
    (3, 1, 6),
    (4, 2, 6),
    (1, 1, 6),
)
MEAN, DEVIATION = 127.0, 128.0
"""Of the bytes that the network was trained on."""
HALF_RANGE = 127.5
"""Bytes are given as -1 to 1 in units of this."""
EPSILON = 1e-3
"""Added to variances by its batch norms."""


def build_efficientnet(weights: Weights, side: int = SIDE) -> keras.Model:
    """Build the pretrained network up to its global average.

    Args:
        weights: Arrays by PyTorch's names.
        side: Height and width of the photos, in pixels; the weights fit every size.

    Returns:
        A model (batch, side, side, 3) in [-1, 1] -> (batch, 1280).
    """
    part = _Parts(weights)
    photos = keras.Input((side, side, 3))
    x = part.convolution(photos, "_conv_stem", "_bn0", stride=2, bytes_in=True)
    number = 0
    for repeats, stride, expansion in BLOCKS:
        for repeat in range(repeats):
            start, block = x, f"_blocks.{number}."
            step = stride if repeat == 0 else 1
            if expansion != 1:
                x = part.convolution(x, f"{block}_expand_conv", f"{block}_bn0")
            x = part.depthwise(x, f"{block}_depthwise_conv", f"{block}_bn1", step)
            x = part.projection(x, f"{block}_project_conv", f"{block}_bn2")
            if step == 1 and x.shape[-1] == start.shape[-1]:
                x = keras.layers.Add(name=f"block_{number}_sum")([x, start])
                x = Bounds(name=f"block_{number}_sum_bounds")(x)
            number += 1
    x = part.convolution(x, "_conv_head", "_bn1")
    features = keras.layers.GlobalAveragePooling2D(name="features")(x)
    network = keras.Model(photos, features, name="efficientnet_lite0")
    for name, arrays in part.arrays.items():
        network.get_layer(name).set_weights(arrays)
    return network


def classifier(weights: Weights) -> tuple[np.ndarray, np.ndarray]:
    """Give kernel `(1280, 1000)` and bias `(1000,)` of ImageNet's classes."""
    return weights["_fc.weight"].T, weights["_fc.bias"]


def split_before(network: keras.Model, block: int) -> tuple[keras.Model, keras.Model]:
    """Copy a network as two; `replace_upper` puts the second back.

    Args:
        network: What `build_efficientnet` gave.
        block: Number of the first block of the upper part.

    Returns:
        Photos -> maps, and maps -> features.

    Raises:
        ValueError: There is no such block, or none before it.
    """
    names = [layer.name for layer in network.layers]
    starts = [f"block_{block - 1}_sum_bounds", f"block_{block - 1}_project_bounds"]
    found = [name for name in starts if name in names]
    if not found or f"block_{block}_project" not in names:
        raise ValueError(f"block: expected one of the network but 0, received {block}")
    maps = network.get_layer(found[0]).output
    parts = keras.Model(network.input, maps), keras.Model(maps, network.output)
    lower, upper = (keras.models.clone_model(part) for part in parts)
    for part, copy in zip(parts, (lower, upper), strict=True):
        copy.set_weights(part.get_weights())
    return lower, upper


def replace_upper(network: keras.Model, upper: keras.Model) -> None:
    """Give a network the weights of its upper part.

    Args:
        network: Is changed.
        upper: Of `split_before`, or its copy with int8 steps, trained.
    """
    for layer in upper.layers:
        if layer.weights:
            network.get_layer(layer.name).set_weights(layer.get_weights())


@dataclass
class _Parts:
    """Builds layers, and keeps the arrays that are to be set in them."""

    weights: Weights

    def __post_init__(self) -> None:
        self.arrays: dict[str, list[np.ndarray]] = {}

    def convolution(
        self,
        x: Tensor,
        name: str,
        normalisation: str,
        stride: int = 1,
        bytes_in: bool = False,
    ) -> Tensor:
        """Convolve and limit to 0 to 6."""
        layer, y = self._convolve(x, name, normalisation, stride, bytes_in)
        return keras.layers.ReLU(6, name=f"{layer}_relu")(y)

    def projection(self, x: Tensor, name: str, normalisation: str) -> Tensor:
        """Convolve to a map of any values."""
        layer, y = self._convolve(x, name, normalisation, 1, False)
        return Bounds(name=f"{layer}_bounds")(y)

    def depthwise(
        self, x: Tensor, name: str, normalisation: str, stride: int
    ) -> Tensor:
        """Convolve each channel and limit to 0 to 6."""
        scale, shift = self._normalisation(normalisation)
        kernel = self.weights[f"{name}.weight"].transpose(2, 3, 0, 1) * scale[:, None]
        layer = _layer_name(name)
        self.arrays[layer] = [kernel, shift]
        y = keras.layers.DepthwiseConv2D(kernel.shape[0], stride, "same", name=layer)(x)
        return keras.layers.ReLU(6, name=f"{layer}_relu")(y)

    def _convolve(
        self, x: Tensor, name: str, normalisation: str, stride: int, bytes_in: bool
    ) -> tuple[str, Tensor]:
        scale, shift = self._normalisation(normalisation)
        kernel = self.weights[f"{name}.weight"].transpose(2, 3, 1, 0) * scale
        if bytes_in:
            # The network's own input is (byte - 127) / 128; ours is byte / 127.5 - 1.
            shift = shift + kernel.sum((0, 1, 2)) * (HALF_RANGE - MEAN) / DEVIATION
            kernel = kernel * (HALF_RANGE / DEVIATION)
        layer = _layer_name(name)
        self.arrays[layer] = [kernel, shift]
        convolution = keras.layers.Conv2D(
            kernel.shape[-1], kernel.shape[0], stride, "same", name=layer
        )
        return layer, convolution(x)

    def _normalisation(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        deviation = np.sqrt(self.weights[f"{name}.running_var"] + EPSILON)
        scale = self.weights[f"{name}.weight"] / deviation
        mean = self.weights[f"{name}.running_mean"]
        return scale, self.weights[f"{name}.bias"] - mean * scale


def _layer_name(name: str) -> str:
    """`_blocks.3._expand_conv` to `block_3_expand`, `_conv_head` to `head`."""
    name = name.removesuffix("_conv").replace("_blocks.", "block_").replace(".", "")
    return name.replace("_conv_", "")
