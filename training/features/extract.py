"""From packed pixels to a feature set, by a quantised TFLite extractor."""

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from photo_interests.models.extractor import Extractor
from photo_interests.models.runtime import open_interpreter
from training.arrays import Bytes
from training.features.feature_set import EXTRACTOR_SHA256, FeatureSet
from training.features.photo_columns import SCHEMA
from training.photos.pixels import resize
from training.runs import sha256_of, tracked, writing

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

    Pixels are resized where the extractor reads smaller photos. Paths of photos are not
    stored, and contributors are renumbered. A killed run leaves its checkpoints beside
    `directory`, from which the next one resumes.

    Args:
        pixels: `.npy` file, uint8 (photos, height, width, 3).
        photos: Parquet table of the same photos.
        extractor: TFLite file with uint8 input and output.
        categories: Ids in the order of the models' outputs.
        provenance: Where the features come from; stored with the extractor's hash.
        directory: Folder of the feature set to write.
        threads: Threads of the interpreter.

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
    features = extract(images, lambda p: reader(resize(p, size)), key, work)
    origin = {**provenance, EXTRACTOR_SHA256: key}
    feature_set = FeatureSet(features, scale, table, categories, origin)
    feature_set.save(directory)
    shutil.rmtree(work)
    return feature_set


def extract(
    pixels: Bytes,
    extractor: Callable[[Bytes], Bytes],
    key: str,
    work: Path,
    chunk: int = CHUNK,
) -> Bytes:
    """Extract features, with a checkpoint after each chunk of photos.

    A checkpoint is named by a hash of the extractor and of its very pixels, so one of
    another extractor or of other photos is never taken.

    Args:
        pixels: uint8 (photos, height, width, 3), a memory map for example.
        extractor: Pixels to features, uint8 (photos, dimension).
        key: Identifies the extractor.
        work: Folder of checkpoints, created if missing; the caller deletes it.
        chunk: Photos of a checkpoint.

    Returns:
        uint8 (photos, dimension).
    """
    work.mkdir(parents=True, exist_ok=True)
    parts = []
    for first in tracked(range(0, len(pixels), chunk), "Extracting features"):
        part = np.ascontiguousarray(pixels[first : first + chunk])
        name = hashlib.sha256(key.encode() + part.tobytes()).hexdigest()
        checkpoint = work / f"{name}.npy"
        if not checkpoint.exists():
            with writing(checkpoint) as path:
                np.save(path, extractor(part))
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
    """Keep the columns of a feature set: no paths, contributors numbered from 0."""
    known = photos["contributor"] >= 0
    table = photos[SCHEMA.names].copy()
    numbers = photos.loc[known, "contributor"].factorize()[0]
    table.loc[known, "contributor"] = numbers.astype(np.int32)
    return table
