import collections
import io
import pickle
import struct

import numpy as np
import pytest

from training.experiments.everyday_galleries.efficientnet import (
    BLOCKS,
    DIMENSION,
    classifier,
    read_tensors,
    save_extractor,
)

CHANNELS = (16, 24, 40, 80, 112, 192, 320)
KERNELS = (3, 3, 5, 3, 5, 5, 3)


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


def drawn_weights() -> dict[str, np.ndarray]:
    """Random weights of the network's shapes."""
    random = np.random.default_rng(0)
    weights: dict[str, np.ndarray] = {}

    def draw(name: str, *shape: int) -> None:
        size = np.sqrt(2 / np.prod(shape[1:]))
        weights[name] = random.normal(0, size, shape).astype(np.float32)

    def normalise(name: str, count: int) -> None:
        for part in ("weight", "running_var"):
            weights[f"{name}.{part}"] = np.ones(count, np.float32)
        for part in ("bias", "running_mean"):
            weights[f"{name}.{part}"] = random.normal(0, 0.1, count).astype(np.float32)

    draw("_conv_stem.weight", 32, 3, 3, 3)
    normalise("_bn0", 32)
    number, entering = 0, 32
    rows = zip(BLOCKS, CHANNELS, KERNELS, strict=True)
    for (repeats, _, expansion), leaving, kernel in rows:
        for _ in range(repeats):
            block, wide = f"_blocks.{number}.", entering * expansion
            if expansion != 1:
                draw(f"{block}_expand_conv.weight", wide, entering, 1, 1)
                normalise(f"{block}_bn0", wide)
            draw(f"{block}_depthwise_conv.weight", wide, 1, kernel, kernel)
            normalise(f"{block}_bn1", wide)
            draw(f"{block}_project_conv.weight", leaving, wide, 1, 1)
            normalise(f"{block}_bn2", leaving)
            number, entering = number + 1, leaving
    draw("_conv_head.weight", DIMENSION, entering, 1, 1)
    normalise("_bn1", DIMENSION)
    draw("_fc.weight", 1000, DIMENSION)
    weights["_fc.bias"] = np.zeros(1000, np.float32)
    return weights


@pytest.mark.slow
def test_the_file_computes_features_of_its_photo(tmp_path) -> None:
    from photo_interests.models.runtime import open_interpreter

    weights = drawn_weights()
    path = tmp_path / "network.tflite"
    save_extractor(weights, path)
    interpreter = open_interpreter(path)
    (source,), (target,) = (
        interpreter.get_input_details(),
        interpreter.get_output_details(),
    )
    random = np.random.default_rng(1)
    rows = []
    for photo in (
        random.uniform(0, 255, (1, 224, 224, 3)),
        np.full((1, 224, 224, 3), 127),
    ):
        interpreter.set_tensor(source["index"], photo.astype(np.float32))
        interpreter.invoke()
        rows.append(interpreter.get_tensor(target["index"])[0])
    assert rows[0].shape == (DIMENSION,)
    assert min(row.min() for row in rows) >= 0
    assert max(row.max() for row in rows) <= 6
    assert np.abs(rows[0] - rows[1]).max() > 0.1
    kernel, bias = classifier(weights)
    assert (rows[0] @ kernel + bias).shape == (1000,)
