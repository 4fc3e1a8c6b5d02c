"""Golden files: what every implementation must reproduce.

Drawn images with their pixels and features, and one set of features with its answer.
Raw little-endian arrays in C order, so that Kotlin reads them without a library.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from export.answers import event_weights, predict
from export.golden_images import draw_golden_images
from export.signature_runner import SignatureRunner
from photo_interests.bundle.card_sections import Golden, GoldenCase, GoldenSet, Input
from photo_interests.bundle.interest_sections import (
    GoldenOfInterests,
    GoldenSetOfInterests,
)
from photo_interests.photos.pixels import read_pixels

DIRECTORY = "golden"
SET_PHOTOS = 24
OUTPUTS = ("probabilities", "contributions", "photo_probabilities")
OUTPUTS_OF_INTERESTS = (*OUTPUTS, "kind_probabilities", "photos", "events")

Features = npt.NDArray[np.uint8]


def write_cases(
    bundle: Path, rule: Input, extractor: bytes
) -> tuple[tuple[GoldenCase, ...], Features]:
    """Draw the golden images and write their pixels and features.

    Args:
        bundle: existing folder; the files go into its subfolder.
        rule: how photos become pixels.
        extractor: content of the quantised extractor.

    Returns:
        The card's cases, and the features (images, dimension).
    """
    directory = bundle / DIRECTORY
    directory.mkdir()
    run = SignatureRunner(extractor)
    cases, features = [], []
    for image in draw_golden_images(directory):
        pixels = read_pixels(image, rule)
        stored = run("features", image=pixels[None])["features"]
        cases.append(_write_case(image, pixels, stored))
        features.append(stored)
    return tuple(cases), np.concatenate(features)


def choose_set(drawn: Features, features: Features, seed: int) -> Features:
    """Put features of real photos, that interests follow from, to the drawn ones.

    Args:
        drawn: features of the golden images.
        features: stored features (photos, dimension) to draw from.
        seed: of that draw.
    """
    count = min(SET_PHOTOS, len(features))
    rows = np.random.default_rng(seed).choice(len(features), count, replace=False)
    return np.concatenate([features[np.sort(rows)], drawn])


def write_set(
    bundle: Path, aggregator: bytes, photos: Features, cases: tuple[GoldenCase, ...]
) -> Golden:
    """Write a set's features, its weights and the answer of the aggregator that is run.

    Args:
        bundle: existing folder; the files go into its subfolder.
        aggregator: content of the file that predict runs.
        photos: features of the set (photos, dimension).
        cases: the images, for the card's section.

    Returns:
        The card's section.
    """
    directory = bundle / DIRECTORY
    run = SignatureRunner(aggregator)
    weights = event_weights(len(photos))
    answer = predict(run, photos, weights)
    photos.tofile(directory / "set.features")
    files = {"features": f"{DIRECTORY}/set.features"}
    arrays = dict(answer)
    names: tuple[str, ...] = OUTPUTS
    if run.takes("predict", "weights"):
        arrays["weights"] = weights
        names = ("weights", *OUTPUTS_OF_INTERESTS)
    for name in names:
        arrays[name].astype("<f4").tofile(directory / f"set.{name}.f32")
        files[name] = f"{DIRECTORY}/set.{name}.f32"
    if "weights" in files:
        found = GoldenSetOfInterests(**files)
        return GoldenOfInterests(directory=DIRECTORY, cases=cases, set=found)
    return Golden(directory=DIRECTORY, cases=cases, set=GoldenSet(**files))


def read_features(path: Path, dimension: int) -> Features:
    """Stored features (photos, dimension) of a golden file."""
    return np.fromfile(path, np.uint8).reshape(-1, dimension)


def _write_case(
    image: Path, pixels: npt.NDArray[np.uint8], features: npt.NDArray[np.generic]
) -> GoldenCase:
    pixels.tofile(image.with_suffix(".rgb"))
    features.tofile(image.with_suffix(".features"))
    return GoldenCase(
        image=f"{DIRECTORY}/{image.name}",
        pixels=f"{DIRECTORY}/{image.stem}.rgb",
        features=f"{DIRECTORY}/{image.stem}.features",
    )
