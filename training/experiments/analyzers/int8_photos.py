"""Training photos in the detectors' square: some to fit ranges on, others to compare.

None of them measures how often detectors are right: those are other photos, of other
sets but for two.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageOps

from export.third_party.detector import BACKGROUND, SIDE
from photo_interests.analysis.photo import fit_into
from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.photos.decode import decode
from training.interests.extract import everyday_rows

SEED = 0
COMPARED = (100, 250, 150)
CALIBRATING = (60, 100, 60)
"""Photos of scenes, of things, of the everyday set."""
Squares = np.ndarray
"""uint8 `(n, side, side, 3)`."""


class TrainingPhotos(NamedTuple):
    """Paths of photos, disjoint.

    Attributes:
        compared: A detector is compared with its float one on these.
        calibrating: Ranges start with the values on these.
        fitting: Ranges are fitted on these.
    """

    compared: list[Path]
    calibrating: list[Path]
    fitting: list[Path]


def training_photos(data: Path) -> TrainingPhotos:
    """Draw photos of MiniPlaces, Caltech-101 and the everyday training photos.

    Args:
        data: Folder of the photo sets.
    """
    train = data / "everyday" / "train"
    sets = (
        sorted((data / "miniplaces" / "train").glob("*/*.jpg")),
        sorted((data / "images_caltech101").glob("*/*.jpg")),
        [train / row["photo"] for row in everyday_rows(data, "train.csv")],
    )
    photos = TrainingPhotos([], [], [])
    random = np.random.default_rng(SEED)
    for paths, compared, calibrating in zip(sets, COMPARED, CALIBRATING, strict=True):
        drawn = [paths[index] for index in random.permutation(len(paths))]
        photos.compared.extend(drawn[:compared])
        photos.calibrating.extend(drawn[compared : compared + calibrating])
        photos.fitting.extend(drawn[compared + calibrating :])
    return photos


def square(path: Path, side: int = SIDE, mirrored: bool = False) -> Squares:
    """Fit a photo into a square, `(side, side, 3)`."""
    image: Image.Image = decode(path, INPUT_RULE).image
    if mirrored:
        image = ImageOps.mirror(image)
    return fit_into(image, side, BACKGROUND).pixels


def batches(paths: list[Path], size: int) -> Iterator[Squares]:
    """Draw squares without end: a photo, or four small ones.

    Small ones are as sharp as photos of a camera, and show four times the things.

    Args:
        paths: Photos.
        size: Squares of a batch.
    """
    random = np.random.default_rng(SEED)

    def drawn(side: int) -> Squares:
        path = paths[int(random.integers(len(paths)))]
        return square(path, side, bool(random.integers(2)))

    def one() -> Squares:
        if random.integers(2):
            return drawn(SIDE)
        half = SIDE // 2
        rows = [np.hstack([drawn(half), drawn(half)]) for _ in range(2)]
        return np.vstack(rows)

    while True:
        yield np.stack([one() for _ in range(size)])
