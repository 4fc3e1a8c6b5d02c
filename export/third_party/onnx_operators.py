"""The operators of ONNX that the networks of this project have, in TensorFlow.

Only what YuNet and PP-OCR need is here.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import numpy as np
import tensorflow as tf

Attributes = Mapping[str, Any]


class Tensor(NamedTuple):
    """A tensor, or a constant.

    Attributes:
        value: TensorFlow tensor; NumPy array where it is known before a run. An
            unknown size in an array of sizes is -1.
        channels_last: Whether it is an image whose channels are last here and second
            in ONNX.
    """

    value: Any
    channels_last: bool

    @property
    def is_constant(self) -> bool:
        """Whether it is known before a run."""
        return isinstance(self.value, np.ndarray | np.generic)


Operator = Callable[[list[Tensor], Attributes], Tensor]


def _as_image(tensor: Tensor) -> Any:
    """The value with channels last; numbers for all pixels as they are."""
    value = tensor.value
    if tensor.channels_last or np.ndim(value) == 0 or value.shape == (1,):
        return value
    if len(value.shape) != 4:
        raise ValueError(f"expected an image, received shape {value.shape}")
    if tensor.is_constant:
        return value.transpose(0, 2, 3, 1)
    return tf.transpose(value, (0, 2, 3, 1))


def _plain(tensor: Tensor) -> Any:
    """The value as ONNX has it."""
    if tensor.channels_last:
        return tf.transpose(tensor.value, (0, 3, 1, 2))
    return tensor.value


def _binary(of_arrays: Callable[..., Any], of_tensors: Callable[..., Any]) -> Operator:
    def operate(given: list[Tensor], attributes: Attributes) -> Tensor:
        if all(one.is_constant for one in given):
            return Tensor(of_arrays(*(one.value for one in given)), False)
        image = any(one.channels_last for one in given)
        values = [_as_image(one) if image else one.value for one in given]
        return Tensor(of_tensors(*values), image)

    return operate


def _unary(function: Callable[[Any], Any]) -> Operator:
    return lambda given, attributes: given[0]._replace(value=function(given[0].value))


def _padded(image: Any, attributes: Attributes) -> tuple[Any, str]:
    """Pad an image as ONNX does; TensorFlow's own padding may be at another side."""
    if attributes.get("auto_pad", b"NOTSET") == b"SAME_UPPER":
        return image, "SAME"
    top, left, bottom, right = attributes.get("pads", (0, 0, 0, 0))
    same = [2 * pad + 1 for pad in (top, left)] == list(attributes["kernel_shape"])
    if same and set(attributes["strides"]) == {1}:
        return image, "SAME"
    if top or left or bottom or right:
        image = tf.pad(image, [[0, 0], [top, bottom], [left, right], [0, 0]])
    return image, "VALID"


def _convolve(given: list[Tensor], attributes: Attributes) -> Tensor:
    kernel = given[1].value
    image, padding = _padded(_as_image(given[0]), attributes)
    strides = list(attributes["strides"])
    if attributes["group"] == 1:
        result = tf.nn.conv2d(image, kernel.transpose(2, 3, 1, 0), strides, padding)
    else:
        depthwise = kernel.transpose(2, 3, 0, 1)
        if strides[0] != strides[1]:  # TensorFlow has no such depthwise kernel
            result = tf.nn.depthwise_conv2d(image, depthwise, [1] * 4, padding)
            result = result[:, :: strides[0], :: strides[1]]
        else:
            result = tf.nn.depthwise_conv2d(image, depthwise, [1, *strides, 1], padding)
    if len(given) == 3:
        result = tf.nn.bias_add(result, given[2].value)
    return Tensor(result, True)


def _convolve_transposed(given: list[Tensor], attributes: Attributes) -> Tensor:
    image, kernel = _as_image(given[0]), given[1].value
    step = attributes["strides"][0]
    height, width = (side * step for side in image.shape[1:3])
    shape = (1, height, width, kernel.shape[1])
    kernel = kernel.transpose(2, 3, 1, 0)
    result = tf.nn.conv2d_transpose(image, kernel, shape, step, "VALID")
    return Tensor(result, True)


def _normalise(given: list[Tensor], attributes: Attributes) -> Tensor:
    scale, shift, mean, variance = (one.value for one in given[1:])
    factor = scale / np.sqrt(variance + attributes["epsilon"])
    return Tensor(_as_image(given[0]) * factor + (shift - mean * factor), True)


def _pool(function: Callable[..., Any]) -> Operator:
    def operate(given: list[Tensor], attributes: Attributes) -> Tensor:
        same = attributes.get("auto_pad", b"NOTSET") == b"SAME_UPPER"
        kernel, strides = attributes["kernel_shape"], attributes["strides"]
        padding = "SAME" if same else "VALID"
        return Tensor(function(_as_image(given[0]), kernel, strides, padding), True)

    return operate


def _mean(given: list[Tensor], attributes: Attributes) -> Tensor:
    keep, axes = bool(attributes.get("keepdims", 1)), list(attributes["axes"])
    if given[0].channels_last and axes == [2, 3] and keep:
        return Tensor(tf.reduce_mean(given[0].value, (1, 2), keepdims=True), True)
    return Tensor(tf.reduce_mean(_plain(given[0]), axes, keepdims=keep), False)


def _mean_of_image(given: list[Tensor], attributes: Attributes) -> Tensor:
    return _mean(given, {"axes": [2, 3]})


def _enlarge(given: list[Tensor], attributes: Attributes) -> Tensor:
    image = _as_image(given[0])
    scale = int(given[-1].value.ravel()[-1]) if len(given) > 1 else 2
    height, width = (side * scale for side in image.shape[1:3])
    return Tensor(tf.image.resize(image, (height, width), "nearest"), True)


def _transpose(given: list[Tensor], attributes: Attributes) -> Tensor:
    order = tuple(attributes["perm"])
    if given[0].channels_last and order == (0, 2, 3, 1):
        return Tensor(given[0].value, False)
    if not given[0].channels_last and order == (0, 3, 1, 2):
        return Tensor(given[0].value, True)
    return Tensor(tf.transpose(_plain(given[0]), order), False)


def _reshape(given: list[Tensor], attributes: Attributes) -> Tensor:
    value, sizes = _plain(given[0]), np.ravel(given[1].value)
    if given[0].is_constant:
        return Tensor(value.reshape([int(size) for size in sizes]), False)
    shape = [
        int(value.shape[axis]) if size == 0 else int(size)
        for axis, size in enumerate(sizes)
    ]
    return Tensor(tf.reshape(value, shape), False)


def _concatenate(given: list[Tensor], attributes: Attributes) -> Tensor:
    if all(one.is_constant for one in given):
        return Tensor(
            np.concatenate([np.atleast_1d(one.value) for one in given]), False
        )
    if any(one.channels_last for one in given):
        if attributes["axis"] != 1:
            raise ValueError(f"expected axis 1, received {attributes['axis']}")
        return Tensor(tf.concat([_as_image(one) for one in given], 3), True)
    values = [one.value for one in given]
    return Tensor(tf.concat(values, attributes["axis"]), False)


def _slice(given: list[Tensor], attributes: Attributes) -> Tensor:
    value = _plain(given[0])
    starts, ends, axes = (np.ravel(one.value) for one in given[1:4])
    parts = [slice(None)] * len(value.shape)
    for start, end, axis in zip(starts, ends, axes, strict=True):
        parts[int(axis)] = slice(int(start), int(end))
    return Tensor(value[tuple(parts)], False)


def _squeeze(given: list[Tensor], attributes: Attributes) -> Tensor:
    axes = list(attributes["axes"])
    if given[0].is_constant:
        return Tensor(np.squeeze(given[0].value, tuple(axes)), False)
    return Tensor(tf.squeeze(_plain(given[0]), axes), False)


def _unsqueeze(given: list[Tensor], attributes: Attributes) -> Tensor:
    (axis,) = attributes["axes"]
    return Tensor(np.expand_dims(given[0].value, axis), False)


def _shape(given: list[Tensor], attributes: Attributes) -> Tensor:
    value = given[0].value
    sizes = [-1 if size is None else int(size) for size in value.shape]
    if given[0].channels_last:
        sizes = [sizes[0], sizes[3], sizes[1], sizes[2]]
    return Tensor(np.array(sizes), False)


def _softmax(given: list[Tensor], attributes: Attributes) -> Tensor:
    return Tensor(tf.nn.softmax(_plain(given[0]), attributes["axis"]), False)


def _clip(given: list[Tensor], attributes: Attributes) -> Tensor:
    low, high = (float(one.value) for one in given[1:])
    if (low, high) != (0.0, 6.0):
        raise ValueError(f"expected a range of 0 to 6, received {low} to {high}")
    return given[0]._replace(value=tf.nn.relu6(given[0].value))


def _hard_sigmoid(given: list[Tensor], attributes: Attributes) -> Tensor:
    slope, offset = attributes["alpha"], attributes["beta"]
    line = given[0].value * (6 * slope) + 6 * offset
    return given[0]._replace(value=tf.nn.relu6(line) / 6)


def _hard_swish(given: list[Tensor], attributes: Attributes) -> Tensor:
    # In this order TFLite's converter leaves three operators that have fast kernels.
    value = given[0].value
    return given[0]._replace(value=tf.nn.relu6(value + 3) * (value * (1 / 6)))


def _multiply_matrices(given: list[Tensor], attributes: Attributes) -> Tensor:
    left, right = (_plain(one) for one in given)
    if given[1].is_constant and len(left.shape) == 3:  # as a dense layer: faster
        rows = tf.reshape(left, (-1, left.shape[-1]))
        product = tf.matmul(rows, right)
        return Tensor(tf.reshape(product, (1, -1, right.shape[1])), False)
    return Tensor(tf.matmul(left, right), False)


OPERATORS: dict[str, Operator] = {
    "Add": _binary(np.add, tf.add),
    "AveragePool": _pool(tf.nn.avg_pool2d),
    "BatchNormalization": _normalise,
    "Clip": _clip,
    "Concat": _concatenate,
    "Conv": _convolve,
    "ConvTranspose": _convolve_transposed,
    "Div": _binary(np.divide, tf.divide),
    "Gelu": _unary(lambda value: tf.nn.gelu(value, approximate=False)),
    "GlobalAveragePool": _mean_of_image,
    "HardSigmoid": _hard_sigmoid,
    "HardSwish": _hard_swish,
    "MatMul": _multiply_matrices,
    "MaxPool": _pool(tf.nn.max_pool2d),
    "Mul": _binary(np.multiply, tf.multiply),
    "Pow": _binary(np.power, tf.pow),
    "ReduceMean": _mean,
    "Relu": _unary(tf.nn.relu),
    "Reshape": _reshape,
    "Resize": _enlarge,
    "ScaledResidual": _binary(
        lambda value, scale: value * (1 + scale),
        lambda value, scale: value * (1 + scale),
    ),
    "Shape": _shape,
    "Sigmoid": _unary(tf.sigmoid),
    "Slice": _slice,
    "Softmax": _softmax,
    "Sqrt": _unary(tf.sqrt),
    "Squeeze": _squeeze,
    "Sub": _binary(np.subtract, tf.subtract),
    "Transpose": _transpose,
    "Unsqueeze": _unsqueeze,
}
