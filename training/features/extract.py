"""From packed pixels to a feature set, by a quantised TFLite extractor."""

import hashlib
import io
import logging
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from photo_interests.files import write_atomically
from photo_interests.models.extractor import Extractor
from photo_interests.models.runtime import open_interpreter
from training.backbone.resized import resized
from training.features.feature_set import EXTRACTOR_SHA256, FeatureSet
from training.features.photo_columns import SCHEMA
from training.runs import sha256_of

logger = logging.getLogger(__name__)
CHUNK = 256
"""Photos between two checkpoints: about a second's work on 2 cores."""


def extract_feature_set(
    pixels: Path,
    photos: Path,
    extractor: Path,
    categories: tuple[str, ...],
    provenance: dict[str, Any],
    directory: Path,
    threads: int,
) -> FeatureSet:
    """Extract and save the features of all photos.

    Pixels are made smaller where the extractor reads smaller photos. Paths of photos
    are left out and contributors numbered anew. A killed run leaves its checkpoints
    beside `directory`, from where the next one goes on.

    Args:
        pixels: `.npy` file, uint8 `(photos, height, width, 3)`.
        photos: Parquet table of the same photos.
        extractor: TFLite file with uint8 input and output.
        categories: Ids in the order of the models' outputs.
        provenance: Goes into the set's description, beside the extractor's hash.
        directory: The feature set to write.
        threads: For the interpreter.

    Raises:
        ValueError: The extractor's output is not uint8 with zero point 0, or photos
            and pixels differ in number.
    """
    table = anonymous(pd.read_parquet(photos))
    images = np.load(pixels, mmap_mode="r")
    if len(table) != len(images):
        raise ValueError(
            f"{photos}: expected {len(images)} photos as in {pixels}, "
            f"received {len(table)}"
        )
    scale = feature_scale(extractor)
    work = directory.with_name(f".{directory.name}.checkpoints")
    key = sha256_of(extractor)
    reader, size = Extractor(extractor, threads), photo_size(extractor)
    features = extract(images, lambda p: reader(resized(p, size)), key, work)
    origin = {**provenance, EXTRACTOR_SHA256: key}
    feature_set = FeatureSet(features, scale, table, categories, origin)
    feature_set.save(directory)
    shutil.rmtree(work)
    return feature_set


def extract(
    pixels: np.ndarray,
    extractor: Callable[[np.ndarray], np.ndarray],
    key: str,
    work: Path,
    chunk: int = CHUNK,
) -> np.ndarray:
    """Extract features, with a checkpoint after each chunk of photos.

    A checkpoint is named by a hash of the extractor and of the very pixels it was made
    from, so one of another extractor or of other photos is never taken.

    Args:
        pixels: uint8 `(photos, height, width, 3)`, a memory map for example.
        extractor: Gives `(photos, dimension)` for pixels.
        key: Tells extractors apart.
        work: Folder for checkpoints; made if missing, left for the caller to delete.
        chunk: Photos of a checkpoint.

    Returns:
        `(photos, dimension)`.
    """
    work.mkdir(parents=True, exist_ok=True)
    parts, extracted, started = [], 0, time.monotonic()
    for first in range(0, len(pixels), chunk):
        part = np.ascontiguousarray(pixels[first : first + chunk])
        name = hashlib.sha256(key.encode() + part.tobytes()).hexdigest()
        checkpoint = work / f"{name}.npy"
        if not checkpoint.exists():
            write_atomically(checkpoint, _npy(extractor(part)))
            extracted += len(part)
            _log_progress(first + len(part), len(pixels), extracted, started)
        parts.append(np.load(checkpoint))
    return np.concatenate(parts)


def feature_scale(extractor: Path) -> float:
    """Read the value of one quantisation step from a TFLite extractor.

    Raises:
        ValueError: The output is not uint8 with zero point 0.
    """
    output = open_interpreter(extractor, 1).get_output_details()[0]
    scale, zero_point = output["quantization"]
    if output["dtype"] != np.uint8 or zero_point != 0:
        raise ValueError(
            f"{extractor}: expected uint8 features with zero point 0, received "
            f"{np.dtype(output['dtype'])} with zero point {zero_point}"
        )
    return float(scale)


def photo_size(extractor: Path) -> int:
    """Read the height of the photos of a TFLite extractor, in pixels."""
    return int(open_interpreter(extractor, 1).get_input_details()[0]["shape"][1])


def anonymous(photos: pd.DataFrame) -> pd.DataFrame:
    """Keep what a feature set may hold: no paths, contributors numbered from 0."""
    known = photos["contributor"] >= 0
    table = photos[SCHEMA.names].copy()
    numbers = photos.loc[known, "contributor"].factorize()[0]
    table.loc[known, "contributor"] = numbers.astype(np.int32)
    return table


def _npy(features: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, features)
    return buffer.getvalue()


def _log_progress(done: int, total: int, extracted: int, started: float) -> None:
    speed = extracted / max(time.monotonic() - started, 1e-9)
    logger.info(
        "features: %d of %d photos, %.0f a second, about %.0f s left",
        done, total, speed, (total - done) / speed,
    )  # fmt: skip
