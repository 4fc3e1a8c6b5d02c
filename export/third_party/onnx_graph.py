"""Networks of ONNX as TensorFlow functions on images with channels last.

Only what YuNet needs is here; anything else is an error that names it.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

Values = dict[str, np.ndarray]
Network = Callable[[Any], list[Any]]


def load(path: Path, outputs: list[str], reverse_channels: bool = False) -> Network:
    """Return a network as a function of images `(1, height, width, channels)`.

    Args:
        path: An ONNX file.
        outputs: Names of the tensors to return, with channels last.
        reverse_channels: Whether the function takes RGB for a network of BGR: the
            first kernel is turned, since turning images is slow.

    Raises:
        ValueError: An operator is not supported; names it.
    """
    import onnx
    from onnx import helper, numpy_helper

    graph = onnx.load(str(path)).graph
    constants = {each.name: numpy_helper.to_array(each) for each in graph.initializer}
    if reverse_channels:
        kernel = graph.node[0].input[1]
        constants[kernel] = constants[kernel][:, ::-1]
    nodes = [
        (
            node.op_type,
            list(node.input),
            node.output[0],
            {each.name: helper.get_attribute_value(each) for each in node.attribute},
        )
        for node in graph.node
    ]

    def run(images: Any) -> list[Any]:
        tensors: dict[str, Any] = {graph.input[0].name: images}
        for kind, inputs, output, attributes in nodes:
            if inputs[0] not in tensors:
                continue  # beyond the tensors that are asked for
            if kind not in OPERATORS:
                raise ValueError(
                    f"{path}: expected one of {sorted(OPERATORS)}, received {kind}"
                )
            given = [tensors[name] for name in inputs if name in tensors]
            values = {k: constants[k] for k in inputs if k in constants}
            tensors[output] = OPERATORS[kind](given, list(values.values()), attributes)
            if all(name in tensors for name in outputs):
                break
        return [tensors[name] for name in outputs]

    return run


def _convolve(
    given: list[Any], values: list[np.ndarray], attributes: dict[str, Any]
) -> Any:
    kernel, bias = values
    step, pad = attributes["strides"][0], attributes["pads"][0]
    padded, padding = given[0], "SAME"
    if step > 1 and pad:  # TensorFlow's own padding would be at another side
        padded = tf.pad(padded, [[0, 0], [pad, pad], [pad, pad], [0, 0]])
        padding = "VALID"
    if attributes["group"] == 1:
        result = tf.nn.conv2d(padded, kernel.transpose(2, 3, 1, 0), step, padding)
    else:
        strides = [1, step, step, 1]
        depthwise = kernel.transpose(2, 3, 0, 1)
        result = tf.nn.depthwise_conv2d(padded, depthwise, strides, padding)
    return tf.nn.bias_add(result, bias)


def _pool(
    given: list[Any], values: list[np.ndarray], attributes: dict[str, Any]
) -> Any:
    return tf.nn.max_pool2d(given[0], attributes["kernel_shape"], 2, "VALID")


def _enlarge(
    given: list[Any], values: list[np.ndarray], attributes: dict[str, Any]
) -> Any:
    height, width = given[0].shape[1:3]
    return tf.image.resize(given[0], (2 * height, 2 * width), "nearest")


OPERATORS: dict[str, Callable[[list[Any], list[np.ndarray], dict[str, Any]], Any]] = {
    "Conv": _convolve,
    "Relu": lambda given, values, attributes: tf.nn.relu(given[0]),
    "Sigmoid": lambda given, values, attributes: tf.sigmoid(given[0]),
    "MaxPool": _pool,
    "Resize": _enlarge,
    "Add": lambda given, values, attributes: given[0] + given[1],
    "Transpose": lambda given, values, attributes: given[0],  # channels are last here
    "Reshape": lambda given, values, attributes: tf.reshape(
        given[0], (-1, given[0].shape[-1])
    ),
}
