"""The hash of what a TFLite file computes, whatever is embedded in it besides."""

import hashlib
from typing import Any

import numpy as np


def computation_sha256(content: bytes) -> str:
    """Hash the operators, tensors, weights and signatures of a TFLite file.

    Embedded metadata, attached files and the order of the buffers do not count, so a
    file as converted and the same file in a released bundle have the same hash.

    Args:
        content: The bytes of the file.

    Raises:
        ValueError: Not a TFLite file.
    """
    # Reading hundreds of features must not wait for this import.
    from ai_edge_litert import schema_py_generated as schema

    if content[4:8] != b"TFL3":
        raise ValueError(
            f"expected the TFLite identifier b'TFL3', received {content[4:8]!r}"
        )
    model: Any = schema.ModelT.InitFromPackedBuf(content, 0)
    digest = hashlib.sha256()
    for graph in model.subgraphs:
        for tensor in graph.tensors:
            # By content: its number changes when metadata is embedded.
            data = model.buffers[tensor.buffer].data
            tensor.buffer = None if data is None else np.asarray(data).tobytes()
    for part in (model.operatorCodes, model.subgraphs, model.signatureDefs):
        _update(digest, part)
    return digest.hexdigest()


def _update(digest: Any, value: object) -> None:
    """Add a value of a flatbuffer; absent, empty and default ones are the same."""
    if value is None or (isinstance(value, list | np.ndarray) and len(value) == 0):
        digest.update(b"-")
    elif isinstance(value, np.ndarray):
        digest.update(f"a{value.dtype.str}{value.shape}".encode() + value.tobytes())
    elif isinstance(value, list):
        digest.update(f"l{len(value)}".encode())
        for item in value:
            _update(digest, item)
    elif isinstance(value, bytes | str):
        encoded = value.encode() if isinstance(value, str) else value
        digest.update(f"b{len(encoded)}".encode() + encoded)
    elif hasattr(value, "__dict__"):
        for name, inner in sorted(vars(value).items()):
            digest.update(name.encode())
            _update(digest, inner)
    else:
        digest.update(f"s{value!r}".encode())
