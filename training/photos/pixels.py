"""Packs every photo of the table into one array of network-sized pixels."""

import hashlib
import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image

from photo_interests.bundle.input_rule import INPUT_RULE as RULE
from photo_interests.photos.pixels import read_pixels
from photo_interests.photos.processes import worker_context
from training.arrays import Bytes
from training.runs import tracked, write_atomically

CHUNK = 512
"""Photos between two checkpoints."""


def pack_pixels(root: Path, photos: pd.DataFrame, output: Path) -> None:
    """Write the pixels of all photos: uint8 (photos, height, width, 3).

    A killed run resumes: the number of packed rows is in a file beside the unfinished
    array, which takes its final name when it is whole.

    Args:
        root: Folder that the paths of photos are relative to.
        photos: The photos table; its row number is the photo index.
        output: `.npy` file to write.

    Raises:
        PhotoError: A photo cannot be read.
    """
    unfinished = output.with_name(output.name + ".unfinished")
    counter = output.with_name(output.name + ".rows")
    shape = (len(photos), RULE.height, RULE.width, 3)
    paths = [root / path for path in photos["path"]]
    key = _key(paths)
    done = _rows_done(counter, key) if unfinished.exists() else 0
    array = np.lib.format.open_memmap(
        unfinished, "r+" if done else "w+", np.uint8, shape
    )
    starts = range(done, len(paths), CHUNK)
    with ProcessPoolExecutor(os.cpu_count(), worker_context()) as pool:
        read = partial(read_pixels, rule=RULE)
        for start in tracked(starts, "Packing pixels"):
            chunk = paths[start : start + CHUNK]
            array[start : start + len(chunk)] = list(
                pool.map(read, chunk, chunksize=32)
            )
            array.flush()
            write_atomically(counter, f"{key} {start + len(chunk)}")
    os.replace(unfinished, output)
    counter.unlink(missing_ok=True)


def load_pixels(path: Path) -> Bytes:
    """Map `path` without reading it: uint8 (photos, height, width, 3)."""
    return np.load(path, mmap_mode="r")


def resize(photos: Bytes, size: int) -> Bytes:
    """Resize packed photos by the triangle filter, as photo files are.

    Args:
        photos: uint8 (photos, height, width, 3).
        size: Height and width to resize to, in pixels.
    """
    wanted = (size, size)
    if photos.shape[1:3] == wanted:
        return photos
    small = [
        np.asarray(Image.fromarray(photo).resize(wanted, Image.Resampling.BILINEAR))
        for photo in photos
    ]
    return np.stack(small) if small else np.empty((0, *wanted, 3), np.uint8)


def _key(paths: list[Path]) -> str:
    """Identify these very files by path, size and time of change."""
    states = [(str(path), path.stat()) for path in paths]
    lines = [f"{name} {one.st_size} {one.st_mtime_ns}" for name, one in states]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _rows_done(counter: Path, key: str) -> int:
    """Rows that a killed run has packed of these very photos."""
    if not counter.exists():
        return 0
    of, rows = counter.read_text(encoding="utf-8").split()
    return int(rows) if of == key else 0
