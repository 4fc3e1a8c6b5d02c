"""What a TFLite file states about itself, read without running it."""

import io
import zipfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import numpy as np
from ai_edge_litert import schema_py_generated as schema

METADATA_NAME = b"TFLITE_METADATA"
MINIMUM_RUNTIME_NAME = b"min_runtime_version"
STATEFUL = {"VAR_HANDLE", "READ_VARIABLE", "ASSIGN_VARIABLE", "CALL_ONCE"}
_OPERATOR_NAMES = {
    code: name
    for name, code in vars(schema.BuiltinOperator).items()
    if not name.startswith("_")
}


@dataclass(frozen=True)
class TensorRecord:
    """One input or output of a signature.

    Attributes:
        shape: Its sizes; -1 where they are free.
        dtype: NumPy's name of its type.
        scale: Quantisation scale, 0 without quantisation.
        zero_point: Quantisation zero point.
    """

    shape: tuple[int, ...]
    dtype: str
    scale: float
    zero_point: int


@dataclass(frozen=True)
class SignatureRecord:
    """Tensors of one signature by name, and the subgraph that computes it."""

    subgraph: int
    inputs: dict[str, TensorRecord]
    outputs: dict[str, TensorRecord]
    input_order: tuple[str, ...]
    output_order: tuple[str, ...]


class TFLiteFile:
    """Operators, tensors, metadata and attached files of a TFLite file."""

    def __init__(self, content: bytes, name: str) -> None:
        """Parse a file's content.

        Args:
            content: the bytes of the file.
            name: what errors call it.

        Raises:
            ValueError: not a TFLite flatbuffer.
        """
        if content[4:8] != b"TFL3":
            raise ValueError(
                f"{name}: expected the TFLite identifier b'TFL3', "
                f"received {content[4:8]!r}"
            )
        self.content = content
        self.name = name
        self.model: Any = schema.ModelT.InitFromPackedBuf(content, 0)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a file from the disk."""
        return cls(path.read_bytes(), path.name)

    @cached_property
    def operators(self) -> dict[str, int]:
        """The highest version of each operator; a custom one by its own name."""
        found: dict[str, int] = {}
        for code in self.model.operatorCodes or []:
            name = _operator_name(code)
            found[name] = max(code.version, found.get(name, 0))
        return found

    @cached_property
    def custom_operators(self) -> set[str]:
        """Operators that no plain TFLite runtime has."""
        codes = self.model.operatorCodes or []
        return {_operator_name(code) for code in codes if code.customCode}

    @property
    def minimum_runtime(self) -> str:
        """Version of the oldest runtime that can run it, as the converter wrote it.

        Raises:
            ValueError: the converter left none.
        """
        stored = self._metadata_buffers.get(MINIMUM_RUNTIME_NAME, b"")
        version = stored.rstrip(b"\0").decode()
        if not version:
            raise ValueError(
                f"{self.name}: expected a minimum runtime version, received none"
            )
        return version

    @property
    def metadata(self) -> bytes:
        """The embedded TFLite metadata; empty where there is none."""
        return self._metadata_buffers.get(METADATA_NAME, b"")

    @cached_property
    def attached_files(self) -> dict[str, bytes]:
        """Files of the archive appended to the model, such as its labels."""
        try:
            with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
                return {name: archive.read(name) for name in archive.namelist()}
        except zipfile.BadZipFile:
            return {}

    @cached_property
    def constant_bytes(self) -> int:
        """Size of all different constants: each is counted once."""
        metadata = {entry.buffer for entry in self.model.metadata or []}
        constants = {
            bytes(buffer.data)
            for index, buffer in enumerate(self.model.buffers)
            if buffer.data is not None and index not in metadata
        }
        return sum(map(len, constants))

    def matrices(self, shape: tuple[int, int]) -> list[np.ndarray]:
        """Give all float32 constants of a shape."""
        found = {
            tensor.buffer
            for graph in self.model.subgraphs
            for tensor in graph.tensors
            if tensor.type == schema.TensorType.FLOAT32
            and tensor.shape is not None
            and tuple(tensor.shape) == shape
            and self.model.buffers[tensor.buffer].data is not None
        }
        return [
            np.frombuffer(bytes(self.model.buffers[one].data), "<f4").reshape(shape)
            for one in sorted(found)
        ]

    @cached_property
    def signatures(self) -> dict[str, SignatureRecord]:
        """Every signature by its key."""
        return {
            _text(definition.signatureKey): self._signature(definition)
            for definition in self.model.signatureDefs or []
        }

    @cached_property
    def _metadata_buffers(self) -> dict[bytes, bytes]:
        return {
            entry.name: bytes(self.model.buffers[entry.buffer].data)
            for entry in self.model.metadata or []
        }

    def _signature(self, definition: Any) -> SignatureRecord:
        graph = self.model.subgraphs[definition.subgraphIndex]
        inputs = {item.tensorIndex: _text(item.name) for item in definition.inputs}
        outputs = {item.tensorIndex: _text(item.name) for item in definition.outputs}
        return SignatureRecord(
            subgraph=definition.subgraphIndex,
            inputs={n: _tensor(graph.tensors[i]) for i, n in inputs.items()},
            outputs={n: _tensor(graph.tensors[i]) for i, n in outputs.items()},
            input_order=tuple(inputs[i] for i in graph.inputs),
            output_order=tuple(outputs[i] for i in graph.outputs),
        )


def _operator_name(code: Any) -> str:
    if code.customCode:
        return _text(code.customCode)
    return _OPERATOR_NAMES[max(code.builtinCode, code.deprecatedBuiltinCode)]


def _text(value: bytes | str) -> str:
    return value.decode() if isinstance(value, bytes) else value


def _tensor(tensor: Any) -> TensorRecord:
    shape = tensor.shape if tensor.shapeSignature is None else tensor.shapeSignature
    quantised = tensor.quantization
    has_scale = quantised is not None and quantised.scale is not None
    return TensorRecord(
        shape=tuple(int(size) for size in (() if shape is None else shape)),
        dtype=_dtype(tensor.type),
        scale=float(quantised.scale[0]) if has_scale else 0.0,
        zero_point=int(quantised.zeroPoint[0]) if has_scale else 0,
    )


def _dtype(code: int) -> str:
    names = {
        value: name.lower()
        for name, value in vars(schema.TensorType).items()
        if not name.startswith("_")
    }
    return np.dtype(names[code]).name
