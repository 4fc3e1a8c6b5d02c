"""An array that takes long to make and is kept for the next time."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np

from photo_interests.files import write_atomically


def kept(path: Path, key: str, make: Callable[[], np.ndarray]) -> np.ndarray:
    """Gives what a file keeps, or makes it and keeps it there.

    Args:
        path: Of the file, an `.npz`.
        key: Of everything that the array is made from: what another key left is made
            anew.
        make: Makes it.
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
