"""How far the weights of the detector of objects can be rounded, for a smaller package.

A package compresses float16 hardly: its last bits are noise. Rounded to fewer bits of
mantissa, the file keeps its size and its float arithmetic, and compresses.
"""

import tempfile
import zlib
from collections import Counter
from pathlib import Path
from typing import Any

from export.third_party import objects
from export.third_party.fetch import fetch
from export.third_party.lock import locked_files
from export.third_party.ncnn import HALF_BITS
from photo_interests.analysis.detector import Detector
from photo_interests.analysis.location import cache_folder
from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.photos.decode import decode
from training.experiments.analyzers.detections import StoredFeatures
from training.interests.extract import everyday_rows

NAME = "objects"
ROUNDED = (8, 7, 6, 5)
"""Bits of mantissa that are tried beside the ten of float16."""
STEP = 4
"""One photo of so many of the training photos is looked at."""


def measure(data: Path) -> dict[str, Any]:
    """Compare rounded detectors with the full one on everyday training photos.

    Args:
        data: Folder of the photo sets.

    Returns:
        For each number of bits the bytes of the file once compressed, and shares:
        of the photos on which the same was found, of the objects found that are still
        found, and of those found that are new.
    """
    photos = [row["photo"] for row in everyday_rows(data, "train.csv")][::STEP]
    with tempfile.TemporaryDirectory() as folder:
        installed = {
            bits: _install(bits, data, Path(folder)) for bits in (HALF_BITS, *ROUNDED)
        }
        found = {
            bits: _found(path, data / "everyday" / "train", photos)
            for bits, path in installed.items()
        }
        return {
            "photos": len(photos),
            "bits": {
                str(bits): _compared(found[HALF_BITS], found[bits])
                | {"compressed_bytes": _compressed(installed[bits])}
                for bits in installed
            },
        }


def _install(bits: int, data: Path, folder: Path) -> Path:
    locked = locked_files(NAME)
    kept = cache_folder().parent / "third_party"
    files = {file.name: fetch(file, kept, data / "models") for file in locked}
    out = folder / str(bits)
    out.mkdir()
    objects.build(files, locked, out, bits)
    return out


def _found(folder: Path, photos: Path, names: list[str]) -> list[Counter[int]]:
    detect = Detector(folder, NAME)
    models = StoredFeatures()
    return [
        Counter(one.label for one in detect(DecodedPhoto(path, image, models)))
        for path in (photos / name for name in names)
        for image in (decode(path, INPUT_RULE).image,)
    ]


def _compared(full: list[Counter[int]], other: list[Counter[int]]) -> dict[str, float]:
    pairs = list(zip(full, other, strict=True))
    total = sum(one.total() for one in full)
    return {
        "same_photos": sum(one == two for one, two in pairs) / len(pairs),
        "kept": sum((one & two).total() for one, two in pairs) / total,
        "new": sum((two - one).total() for one, two in pairs) / total,
    }


def _compressed(folder: Path) -> int:
    return len(zlib.compress((folder / "model.tflite").read_bytes()))
