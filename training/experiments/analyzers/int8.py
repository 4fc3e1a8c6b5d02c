"""Detectors in int8 beside those in floating point, on training photos."""

import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from export.third_party import faces, objects
from export.third_party.lock import locked_files
from export.third_party.quantisation import FLOATING, Quantisation
from photo_interests.analysis.detector import Detector
from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.photos.decode import decode
from training.experiments.analyzers import int8_fit
from training.experiments.analyzers.detections import StoredFeatures
from training.experiments.analyzers.int8_photos import training_photos
from training.experiments.analyzers.int8_ranges import (
    face_ranges,
    locked_paths,
    object_ranges,
)

BUILD: dict[str, Any] = {"objects": objects.build, "faces": faces.build}


def fit(data: Path, report: int8_fit.Report) -> dict[str, Any]:
    """Fit ranges of both detectors, and write them beside their conversion.

    Args:
        data: Folder of the photo sets.
        report: Gets the steps of fitting and their loss.

    Returns:
        What `compare` gives for objects before fitting: with the ranges it starts from.
    """
    photos = training_photos(data)
    (path,) = locked_paths("faces", data).values()
    Quantisation(face_ranges(path, photos.calibrating)).write(faces.INT8)
    files = locked_paths("objects", data)
    ranges = object_ranges(files, photos.calibrating)
    fitted = int8_fit.fit(files, ranges, photos.fitting, report)
    fitted.write(objects.INT8)
    return compare(data, "objects", Quantisation(ranges))


def compare(data: Path, name: str, int8: Quantisation | None = None) -> dict[str, Any]:
    """Compare a detector with its float one.

    Args:
        data: Folder of the photo sets.
        name: Name of the detector.
        int8: Its ranges; those of the conversion if None.

    Returns:
        Bytes of both, the number of things that the float one finds, and shares:
        of the photos on which the same was found, of the things that are still found,
        and of those found that are new.
    """
    paths = training_photos(data).compared
    with tempfile.TemporaryDirectory() as folder:
        floating, quantised = (
            _install(name, data, Path(folder) / key, given)
            for key, given in (("float", FLOATING), ("int8", int8))
        )
        sizes = [(one / "model.tflite").stat().st_size for one in (floating, quantised)]
        full, other = _found(floating, name, paths), _found(quantised, name, paths)
    pairs = list(zip(full, other, strict=True))
    total = sum(one.total() for one in full)
    return {
        "photos": len(paths),
        "found": total,
        "float_bytes": sizes[0],
        "int8_bytes": sizes[1],
        "same_photos": sum(one == two for one, two in pairs) / len(pairs),
        "kept": sum((one & two).total() for one, two in pairs) / total,
        "new": sum((two - one).total() for one, two in pairs) / total,
    }


def _install(name: str, data: Path, out: Path, int8: Quantisation | None) -> Path:
    out.mkdir()
    BUILD[name](locked_paths(name, data), locked_files(name), out, int8)
    return out


def _found(folder: Path, name: str, paths: list[Path]) -> list[Counter[int]]:
    detect = Detector(folder, name)
    models = StoredFeatures()
    return [
        Counter(
            one.label
            for one in detect(
                DecodedPhoto(path, decode(path, INPUT_RULE).image, models)
            )
        )
        for path in paths
    ]
