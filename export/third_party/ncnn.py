"""Networks of ncnn (`.param` and `.bin`) as TensorFlow functions.

Formats: Tencent/ncnn, docs "param and model file structure". Only what YOLOX-nano
needs is here; anything else is an error that names it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf

from export.third_party.quantisation import FLOATING, Adapt, Observe

MAGIC = "7767517"
HALF = 0x01306B47
"""Tag of weights that are stored as float16."""
FOCUS = "YoloV5Focus"
Tensors = list[Any]
Network = Callable[[Any], Tensors]
Channels = tuple[float, float, float]


class Layer(NamedTuple):
    """A line of a `.param` file.

    Attributes:
        kind: Type of the layer.
        inputs: Names of what it reads.
        outputs: Names of what it gives.
        values: Its parameters by number.
    """

    kind: str
    inputs: list[str]
    outputs: list[str]
    values: dict[int, float]


def read_layers(path: Path) -> list[Layer]:
    """Read a `.param` file.

    Raises:
        ValueError: It is none.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    if lines[0].strip() != MAGIC:
        raise ValueError(f"{path}: expected {MAGIC} first, received {lines[0]!r}")
    return [_layer(line.split()) for line in lines[2:] if line.strip()]


def _layer(words: list[str]) -> Layer:
    kind, inputs, outputs = words[0], int(words[2]), int(words[3])
    names = words[4 : 4 + inputs + outputs]
    pairs = (word.split("=") for word in words[4 + inputs + outputs :])
    values = {int(key): float(value) for key, value in pairs if "," not in value}
    return Layer(kind, names[:inputs], names[inputs:], values)


def build(
    layers: list[Layer],
    weights: bytes,
    outputs: list[str],
    normalise: tuple[Channels, Channels],
    adapt: Adapt = FLOATING.adapt,
    observe: Observe = FLOATING.observe,
) -> Network:
    """Return a network as a function of images `(n, height, width, 3)`, 0..255.

    Args:
        layers: Its layers.
        weights: Content of the `.bin` file.
        outputs: Names of the tensors to return, in the given order.
        normalise: Mean and standard deviation of pixels, by channel. The focus layer
            does it: as operations on the image it takes a fifth of all the time.
        adapt: Changes kernels `(height, width, in, out)`, or of depthwise ones
            `(height, width, out, 1)`, and biases.
        observe: Gets name and value of the image and of each tensor; what it returns
            is read on.

    Raises:
        ValueError: The weights have another length than the layers need.
    """
    reader = _Weights(weights)
    kernels = {
        layer.outputs[0]: adapt(layer.outputs[0], *reader.kernel(layer))
        for layer in layers
        if layer.kind.startswith("Convolution")
    }
    reader.check_end()

    used = needed(layers, outputs)

    def run(images: Any) -> Tensors:
        tensors: dict[str, Any] = {}
        for layer in used:
            name = layer.outputs[0]
            given = [tensors[name] for name in layer.inputs]
            if layer.kind == "Input":
                result = observe(name, images)
            elif layer.kind == "Split":
                result = given[0]
            elif layer.kind == FOCUS:
                result = observe(name, _focus(given[0], *normalise))
            elif layer.kind.startswith("Convolution"):
                result = observe(name, _convolve(layer, given[0], *kernels[name]))
            else:
                result = observe(name, OPERATIONS[layer.kind](layer, given))
            tensors.update(dict.fromkeys(layer.outputs, result))
        return [tensors[name] for name in outputs]

    return run


def needed(layers: list[Layer], outputs: list[str]) -> list[Layer]:
    """Return the layers that some outputs depend on, in their order."""
    wanted, kept = set(outputs), []
    for layer in reversed(layers):
        if not wanted.isdisjoint(layer.outputs):
            wanted.update(layer.inputs)
            kept.append(layer)
    return kept[::-1]


class _Weights:
    """Reads arrays one after another."""

    def __init__(self, content: bytes) -> None:
        self._content, self._offset = content, 0

    def kernel(self, layer: Layer) -> tuple[np.ndarray, np.ndarray]:
        """Kernel `(height, width, in, out)`, or of a depthwise one `(.., out, 1)`."""
        values = layer.values
        filters, side, size = int(values[0]), int(values[1]), int(values[6])
        kernel = self._tagged(size).reshape(filters, -1, side, side)
        bias = self._floats(filters) if values.get(5) else np.zeros(filters)
        depthwise = layer.kind == "ConvolutionDepthWise"
        return kernel.transpose((2, 3, 0, 1) if depthwise else (2, 3, 1, 0)), bias

    def check_end(self) -> None:
        if self._offset != len(self._content):
            raise ValueError(
                f"weights: expected {self._offset} bytes, received {len(self._content)}"
            )

    def _tagged(self, size: int) -> np.ndarray:
        tag = int(np.frombuffer(self._content, "<u4", 1, self._offset)[0])
        self._offset += 4
        if tag == 0:
            return self._floats(size)
        if tag != HALF:
            raise ValueError(f"weights: expected the tag of float16, received {tag:#x}")
        halves = np.frombuffer(self._content, "<f2", size, self._offset)
        self._offset += (2 * size + 3) // 4 * 4
        return halves.astype(np.float32)

    def _floats(self, size: int) -> np.ndarray:
        floats = np.frombuffer(self._content, "<f4", size, self._offset)
        self._offset += 4 * size
        return floats


def _convolve(layer: Layer, images: Any, kernel: Any, bias: Any) -> Any:
    step, pad = int(layer.values.get(3, 1)), int(layer.values.get(4, 0))
    padded = tf.pad(images, [[0, 0], [pad, pad], [pad, pad], [0, 0]]) if pad else images
    padding = "VALID"
    if step == 1 and pad == kernel.shape[0] // 2:
        padded, padding = images, "SAME"  # the same, without a layer for it
    if layer.kind == "ConvolutionDepthWise":
        strides = [1, step, step, 1]
        result = tf.nn.depthwise_conv2d(padded, kernel, strides, padding)
    else:
        result = tf.nn.conv2d(padded, kernel, step, padding)
    result = tf.nn.bias_add(result, tf.cast(bias, tf.float32))
    match int(layer.values.get(9, 0)):
        case 0:
            return result
        case 1:
            return tf.nn.relu(result)
        case 4:
            return tf.sigmoid(result)
        case other:
            raise ValueError(f"activation: expected 0, 1 or 4, received {other}")


def _focus(images: Any, mean: Channels, deviation: Channels) -> Any:
    """Every second pixel of rows and columns becomes a channel, normalised.

    A convolution that copies does it several times faster than slices.
    """
    channels = len(mean)
    kernel = np.zeros((2, 2, channels, 4 * channels), np.float32)
    for part, (column, row) in enumerate(np.ndindex(2, 2)):
        for channel in range(channels):
            copied = part * channels + channel
            kernel[row, column, channel, copied] = 1 / deviation[channel]
    bias = np.tile(-np.divide(mean, deviation), 4).astype(np.float32)
    return tf.nn.bias_add(tf.nn.conv2d(images, kernel, 2, "VALID"), bias)


def _pool(layer: Layer, given: Tensors) -> Any:
    side, step = int(layer.values[1]), int(layer.values.get(2, 1))
    if step != 1:
        raise ValueError(f"pooling: expected steps of 1, received {step}")
    return tf.nn.max_pool2d(given[0], side, 1, "SAME")


def _enlarge(layer: Layer, given: Tensors) -> Any:
    height, width = given[0].shape[1:3]
    factor = int(layer.values[1])
    size = (height * factor, width * factor)
    return tf.image.resize(given[0], size, "nearest")


def _concatenate(layer: Layer, given: Tensors) -> Any:
    return tf.concat(given, -1)


OPERATIONS: dict[str, Callable[[Layer, Tensors], Any]] = {
    "Swish": lambda layer, given: given[0] * tf.sigmoid(given[0]),
    "Pooling": _pool,
    "Interp": _enlarge,
    "Concat": _concatenate,
    "BinaryOp": lambda layer, given: given[0] + given[1],
    "Sigmoid": lambda layer, given: tf.sigmoid(given[0]),
}
