"""dlib's face recognition network: 128 numbers of an aligned face.

A ResNet of 29 convolutions (King, 2017, after He and others, 2016): batch norms are
already scales of the convolutions, and shortcuts of smaller blocks are averages.
"""

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import tensorflow as tf

MEAN = (122.782, 117.001, 104.298)
"""Of red, green and blue bytes."""
RANGE = 256.0
BLOCKS = (
    ("conv32", 3, None),
    ("conv64", 3, "conv64_down"),
    ("conv128", 2, "conv128_down"),
    ("conv256", 2, "conv256_down"),
    ("conv256", 0, "conv256_down_out"),
)
"""Name of layers, blocks of the same size, and the block before them that halves."""


def build(weights: Mapping[str, np.ndarray]) -> Callable[[Any], Any]:
    """Return the network: float RGB 0..255 `(n, 150, 150, 3)` to `(n, 128)`.

    Args:
        weights: Tensors by name, those of `face_recognition_model` of face-api.js.
    """

    def convolve(images: Any, name: str, step: int = 1, padding: str = "SAME") -> Any:
        scale = weights[f"{name}/scale/weights"]
        kernel = weights[f"{name}/conv/filters"] * scale
        bias = weights[f"{name}/conv/bias"] * scale + weights[f"{name}/scale/biases"]
        return tf.nn.bias_add(tf.nn.conv2d(images, kernel, step, padding), bias)

    def first(images: Any) -> Any:
        scale = weights["conv32_down/scale/weights"]
        kernel = weights["conv32_down/conv/filters"] * scale / RANGE
        bias = weights["conv32_down/conv/bias"] * scale
        bias = bias + weights["conv32_down/scale/biases"]
        bias = bias - np.einsum("hwio,i->o", kernel, np.array(MEAN, np.float32))
        return tf.nn.bias_add(tf.nn.conv2d(images, kernel, 2, "VALID"), bias)

    def block(images: Any, name: str) -> Any:
        inner = tf.nn.relu(convolve(images, f"{name}/conv1"))
        return tf.nn.relu(convolve(inner, f"{name}/conv2") + images)

    def halved(images: Any, name: str) -> Any:
        inner = tf.nn.relu(convolve(images, f"{name}/conv1", 2, "VALID"))
        result = convolve(inner, f"{name}/conv2")
        short = tf.nn.avg_pool2d(images, 2, 2, "VALID")
        # Odd sides differ by one: dlib adds tensors as if the smaller one had zeros.
        rows = short.shape[1] - result.shape[1]
        more = result.shape[3] - short.shape[3]
        result = tf.pad(result, [[0, 0], [0, rows], [0, rows], [0, 0]])
        return tf.nn.relu(result + tf.pad(short, [[0, 0]] * 3 + [[0, more]]))

    def run(images: Any) -> Any:
        # Without padding, mean and range of the bytes fit into the first kernel.
        values = tf.nn.relu(first(images))
        values = tf.nn.max_pool2d(values, 3, 2, "VALID")
        for name, blocks, smaller in BLOCKS:
            if smaller is not None:
                values = halved(values, smaller)
            for number in range(1, blocks + 1):
                values = block(values, f"{name}_{number}")
        return tf.reduce_mean(values, [1, 2]) @ weights["fc"]

    return run
