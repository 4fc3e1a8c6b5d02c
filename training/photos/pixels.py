"""Packs every photo of the table into one array of network-sized pixels."""

import hashlib
import os
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
from rich.progress import track

from photo_interests.bundle.input_rule import INPUT_RULE as RULE
from photo_interests.files import write_atomically
from photo_interests.photos.pixels import read_pixels
from photo_interests.photos.processes import worker_context

ROWS_A_CHUNK = 512


def pack_pixels(root: Path, photos: pd.DataFrame, output: Path) -> None:
    """Write `output`, uint8 (photos, height, width, 3), row = photo index.

    Resumes after a kill: the rows done are counted in a file beside the unfinished
    array, which takes its final name when it is whole.

    Raises:
        PhotoError: A photo cannot be read.
    """
    unfinished = output.with_name(output.name + ".unfinished")
    counter = output.with_name(output.name + ".rows")
    shape = (len(photos), RULE.height, RULE.width, 3)
    paths = [root / path for path in photos["path"]]
    key = hashlib.sha256("\n".join(map(str, paths)).encode()).hexdigest()
    done = _rows_done(counter, key) if unfinished.exists() else 0
    array = np.lib.format.open_memmap(
        unfinished, "r+" if done else "w+", np.uint8, shape
    )
    with ProcessPoolExecutor(os.cpu_count(), worker_context()) as pool:
        read = partial(read_pixels, rule=RULE)
        for start in track(_starts(done, len(paths)), "packing pixels"):
            chunk = paths[start : start + ROWS_A_CHUNK]
            array[start : start + len(chunk)] = list(
                pool.map(read, chunk, chunksize=32)
            )
            array.flush()
            write_atomically(counter, f"{key} {start + len(chunk)}")
    os.replace(unfinished, output)
    counter.unlink(missing_ok=True)


def load_pixels(path: Path) -> np.ndarray:
    """Map `path` without reading it: uint8 (photos, height, width, 3)."""
    return np.load(path, mmap_mode="r")


def _rows_done(counter: Path, key: str) -> int:
    """Rows that a killed run has packed of these very photos."""
    if not counter.exists():
        return 0
    of, rows = counter.read_text(encoding="utf-8").split()
    return int(rows) if of == key else 0


def _starts(done: int, total: int) -> list[int]:
    return list(range(done, total, ROWS_A_CHUNK))
