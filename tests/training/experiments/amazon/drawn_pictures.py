"""Pictures drawn at random, one of them broken."""

import hashlib
from pathlib import Path

import numpy as np
from PIL import Image

NO_PHOTO = b"no photo"
BROKEN = hashlib.sha256(NO_PHOTO).hexdigest()
"""The sha256 of the broken one."""


def drawn_pictures(folder: Path, count: int) -> dict[str, Path]:
    """Draw pictures; the last one is broken.

    Returns:
        Files by sha256.
    """
    folder.mkdir()
    random = np.random.default_rng(1)
    pictures = {}
    for number in range(count):
        path = folder / f"{number}.jpg"
        coarse = Image.fromarray(random.integers(0, 256, (6, 6, 3), np.uint8))
        coarse.resize((300, 260)).save(path, "jpeg")
        if number == count - 1:
            path.write_bytes(NO_PHOTO)
        pictures[hashlib.sha256(path.read_bytes()).hexdigest()] = path
    return pictures
