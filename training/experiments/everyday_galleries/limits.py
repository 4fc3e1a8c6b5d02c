"""Why some goals are not reached: curves over the size of photos and over a threshold.

All cats of the everyday photos are 30 pixels wide. Dogs are there in both sizes, so
their larger photos, made smaller, show what size alone costs.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from photo_interests.bundle.location import find_bundle
from photo_interests.models.extractor import Extractor
from training.experiments.everyday_galleries.robustness import SIDE
from training.galleries import benchmark as measuring
from training.galleries.benchmark import Benchmark
from training.galleries.cross_validation import Fitter
from training.galleries.metrics import at_threshold
from training.interests import extract
from training.interests.parts import Parts
from training.interests.released_heads import BUNDLE
from training.vocabulary.interests import Interests

THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95)
"""Probabilities from which on an interest is shown."""
SHORT_SIDES = (20, 30, 40, 60, 90, 130)
TINY = "natural"
"""Set of the photos that are 30 pixels wide."""
ENLARGED = {
    "triangle": Image.Resampling.BILINEAR,
    "cubic": Image.Resampling.BICUBIC,
    "Lanczos": Image.Resampling.LANCZOS,
}
SHARPENED = "cubic, sharpened"
FOUND = 0.5
"""Calibrated probability from which on an interest is found on a photo."""


def thresholds(benchmark: Benchmark, fitter: Fitter) -> dict[str, dict[str, float]]:
    """Show interests from other probabilities on; see what strong ones are shown.

    Args:
        benchmark: Small galleries to measure on.
        fitter: Of the released read-out, across sources.

    Returns:
        By threshold: `false` interests of a gallery, `precision`, and the share of
        `strong` ones shown, across sources.
    """
    galleries, curve = benchmark.galleries["small"], {}
    said = fitter.read_out(galleries).probabilities
    for threshold in THRESHOLDS:
        claims = at_threshold(said, threshold)
        found = measuring.measure(benchmark, claims, "small", benchmark.truth.interests)
        curve[f"{threshold:g}"] = {
            "false": found["false"]["value"],
            "precision": found["precision"]["value"],
            "strong": found["strong"]["all"][0],
        }
    return curve


def sizes(
    data: Path, cache: Path, parts: Parts, interests: Interests
) -> dict[str, dict[str, float]]:
    """Find dogs and cats on photos of some sizes.

    Args:
        data: Photo sets.
        cache: Folder for features.
        parts: The released head and its calibration.
        interests: The taxonomy.

    Returns:
        `dogs, made smaller`: share of the larger photos that dogs are found on, by
        their short side; `dogs, 30 pixels` and `cats, 30 pixels`: the same of the
        tiny photos, by how they are enlarged.
    """
    extractor = Extractor(find_bundle(BUNDLE))

    def found(name: str, pixels: Iterator[np.ndarray], interest: str) -> float:
        features = extract.features_of(name, pixels, extractor, cache)
        chances = parts.classify(features)[0][:, interests.index[interest]]
        return float((chances >= FOUND).mean())

    tiny = {one: _photos(data, one, True) for one in ("dog", "cat")}
    large = _photos(data, "dog", False)
    results = {
        "dogs, made smaller": {
            str(side): found(f"dogs of {side} pixels", _smaller(large, side), "dogs")
            for side in SHORT_SIDES
        }
    }
    results["dogs, made smaller"]["as they are"] = found(
        "dogs as they are", _enlarged(large, "triangle"), "dogs"
    )
    for label, paths in tiny.items():
        results[f"{label}s, 30 pixels"] = {
            way: found(f"tiny {label}s, {way}", _enlarged(paths, way), f"{label}s")
            for way in (*ENLARGED, SHARPENED)
        }
    return results


def _photos(data: Path, label: str, tiny: bool) -> list[Path]:
    return [
        data / "everyday" / "photos" / row["photo"]
        for row in extract.everyday_rows(data, "labels.csv")
        if label in row["labels"].split(";") and (row["source"] == TINY) == tiny
    ]


def _smaller(paths: Sequence[Path], side: int) -> Iterator[np.ndarray]:
    for path in paths:
        with Image.open(path) as photo:
            image = photo.convert("RGB")
        share = side / min(image.size)
        size = max(1, round(image.width * share)), max(1, round(image.height * share))
        small = image.resize(size, Image.Resampling.BILINEAR)
        yield np.asarray(small.resize((SIDE, SIDE), Image.Resampling.BILINEAR))


def _enlarged(paths: Sequence[Path], way: str) -> Iterator[np.ndarray]:
    for path in paths:
        with Image.open(path) as photo:
            image = photo.convert("RGB")
        resampling = ENLARGED.get(way, Image.Resampling.BICUBIC)
        image = image.resize((SIDE, SIDE), resampling)
        if way == SHARPENED:
            image = image.filter(ImageFilter.UnsharpMask(4, 150, 0))
        yield np.asarray(image)
