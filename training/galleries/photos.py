"""The everyday photos as the benchmark needs them: features, sources, labels."""

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from training.csv_rows import read_csv_rows
from training.galleries.config import STORED

FEATURES = "features.npz"
TABLE = "photos.csv"


@dataclass(frozen=True, eq=False)
class EverydayPhotos:
    """Features of photos and what their sets say of each.

    Attributes:
        features: uint8 `(photos, 1024)`, stored features of the extractor.
        names: A hashed name for each photo.
        sources: Set that each photo comes from.
        labels: Labels of each photo, as its set has them.
    """

    features: np.ndarray
    names: tuple[str, ...]
    sources: np.ndarray
    labels: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        counts = {
            len(self.features), len(self.names), len(self.sources), len(self.labels)
        }  # fmt: skip
        if len(counts) != 1:
            raise ValueError(
                "features, names, sources and labels: expected one number of photos, "
                f"received {sorted(counts)}"
            )

    def has(self, label: str) -> np.ndarray:
        """Say which photos have a label: bool `(photos,)`."""
        return np.array([label in one for one in self.labels])

    def rows(self, keep: np.ndarray) -> "EverydayPhotos":
        """Keep some photos: indices or bool `(photos,)`."""
        index = np.arange(len(self.names))[keep]
        return EverydayPhotos(
            self.features[index],
            tuple(self.names[i] for i in index),
            self.sources[index],
            tuple(self.labels[i] for i in index),
        )


def load_everyday_photos(directory: Path = STORED) -> EverydayPhotos:
    """Read the stored photos.

    Raises:
        FileNotFoundError: A file is missing.
        ValueError: Table and features differ in number.
    """
    rows = read_csv_rows(directory / TABLE)
    with np.load(directory / FEATURES) as archive:
        features = archive["features"]
    return EverydayPhotos(
        features,
        tuple(row["photo"] for row in rows),
        np.array([row["source"] for row in rows]),
        tuple(tuple(row["labels"].split(";")) for row in rows),
    )


def save_everyday_photos(photos: EverydayPhotos, directory: Path) -> None:
    """Write photos so that `load_everyday_photos` reads them."""
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / TABLE).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("photo", "source", "labels"))
        for name, source, labels in zip(
            photos.names, photos.sources, photos.labels, strict=True
        ):
            writer.writerow((name, source, ";".join(labels)))
    np.savez_compressed(directory / FEATURES, features=photos.features)
