"""Hashes of what runs read and write."""

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from photo_interests.files import write_atomically
from training.runs.tflite_hash import computation_sha256

Arrays = Mapping[str, npt.NDArray[Any]]
Input = Path | npt.NDArray[Any] | Arrays | pd.DataFrame | bytes | str
"""What a run reads: a file, a folder, an array, named arrays (hashed as their `.npz`
file is), a table, bytes, or a sha256 that is known already."""
CACHE = ".hashes.json"
LARGE = 1 << 24
"""Files from this size on, in bytes, are hashed once and remembered."""


def sha256_of(value: Input, cache: Path | None = None) -> str:
    """Hash a file, a folder, an array, a table or bytes.

    A `.tflite` file is hashed by what it computes, without its embedded metadata, an
    `.npz` file by its arrays, however they are compressed, and a `.keras` file without
    the date in it. A memory map is hashed as its file.

    Args:
        value: What to hash.
        cache: JSON file that remembers the hashes of large files by path, size and
            time of change; None to hash them each time.

    Raises:
        FileNotFoundError: There is no such file.
        ValueError: Text that is no sha256.
    """
    if isinstance(value, str):
        return _checked(value)
    if isinstance(value, np.memmap) and value.filename is not None:
        value = Path(value.filename)
    if isinstance(value, Path):
        return _path_sha256(value, cache)
    if isinstance(value, Mapping):
        return text_sha256(
            sorted((f"{n}.npy", _npy_sha256(a)) for n, a in value.items())
        )
    digest = hashlib.sha256()
    if isinstance(value, bytes):
        digest.update(value)
    elif isinstance(value, pd.DataFrame):
        digest.update(repr([(n, str(t)) for n, t in value.dtypes.items()]).encode())
        hashes = pd.util.hash_pandas_object(value, index=False)
        digest.update(hashes.to_numpy().tobytes())
    else:
        digest.update(repr((value.dtype.str, value.shape)).encode())
        digest.update(np.ascontiguousarray(value).tobytes())
    return digest.hexdigest()


def text_sha256(content: object) -> str:
    """Hash values that JSON can hold, whatever the order of their keys."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _checked(sha256: str) -> str:
    if len(sha256) != 64 or set(sha256) - set("0123456789abcdef"):
        raise ValueError(f"expected a sha256 of 64 hex digits, received {sha256!r}")
    return sha256


def _path_sha256(path: Path, cache: Path | None) -> str:
    if path.is_dir():
        files = sorted(p for p in path.rglob("*") if p.is_file())
        listed = [
            (p.relative_to(path).as_posix(), _path_sha256(p, cache)) for p in files
        ]
        return text_sha256(listed)
    if path.suffix == ".tflite":
        return computation_sha256(path.read_bytes())
    if path.suffix in (".keras", ".npz"):
        return _archive_sha256(path)
    if cache is None or path.stat().st_size < LARGE:
        return _file_sha256(path)
    return _remembered(path, cache)


def _file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _npy_sha256(array: npt.NDArray[Any]) -> str:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return hashlib.sha256(buffer.getbuffer()).hexdigest()


def _archive_sha256(path: Path) -> str:
    with zipfile.ZipFile(path) as archive:
        # Keras writes the date of saving there.
        names = sorted(set(archive.namelist()) - {"metadata.json"})
        parts = [(n, hashlib.sha256(archive.read(n)).hexdigest()) for n in names]
    return text_sha256(parts)


def _remembered(path: Path, cache: Path) -> str:
    status = path.stat()
    key, state = str(path.resolve()), [status.st_size, status.st_mtime_ns]
    known = json.loads(cache.read_text(encoding="utf-8")) if cache.is_file() else {}
    if key in known and known[key][:2] == state:
        return str(known[key][2])
    known[key] = [*state, _file_sha256(path)]
    cache.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(cache, json.dumps(known, indent=1) + "\n")
    return str(known[key][2])
