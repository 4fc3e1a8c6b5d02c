"""An array that takes long to compute, cached in a file."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np

from photo_interests.files import write_atomically


def cached_array(path: Path, key: str, make: Callable[[], np.ndarray]) -> np.ndarray:
    """Read the array that a file caches, or compute and cache it.

    Args:
        path: Path of the file, an `.npz`.
        key: Identifies everything that the array is computed from; an array of another
            key is computed again.
        make: Computes the array.
    """
    if path.exists():
        with np.load(path, allow_pickle=False) as stored:
            if str(stored["key"]) == key:
                return np.asarray(stored["array"])
    made = make()
    content = io.BytesIO()
    np.savez(content, allow_pickle=False, key=key, array=made)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, content.getvalue())
    return made
