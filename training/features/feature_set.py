"""The feature set: quantised features of labelled photos, and its files."""

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from photo_interests.files import replacing
from training.arrays import Bytes, Integers
from training.features.photo_columns import check_photos, read_photos, write_photos
from training.runs import sha256_of

ABOUT = "about.json"
FEATURES = "features.npz"
PHOTOS = "photos.parquet"
FORMAT = 1
EXTRACTOR_SHA256 = "extractor_sha256"


@dataclass(frozen=True, eq=False)
class FeatureSet:
    """Quantised features of photos, and the table of these photos.

    Attributes:
        features: uint8 `(photos, dimension)`; the real value is `scale * features`.
        scale: Real value of one step of the quantised features.
        photos: One row for each photo, in the order of `features`; see
            `photo_columns`.
        categories: Ids of the D categories in the order of the models' outputs.
        provenance: Where the features come from: commands, extractor, attribution.
    """

    features: Bytes
    scale: float
    photos: pd.DataFrame
    categories: tuple[str, ...]
    provenance: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.features.dtype != np.uint8 or self.features.ndim != 2:
            raise ValueError(
                "features: expected uint8 (photos, dimension), received "
                f"{self.features.dtype} {self.features.shape}"
            )
        if not (np.isfinite(self.scale) and self.scale > 0):
            raise ValueError(
                f"scale: expected a positive number, received {self.scale}"
            )
        if len(set(self.categories)) != len(self.categories):
            raise ValueError(
                f"categories: expected each once, received {self.categories}"
            )
        check_photos(self.photos, len(self.features), self.categories)

    @property
    def dimension(self) -> int:
        """Length of the features of one photo."""
        return self.features.shape[1]

    @cached_property
    def category_indices(self) -> Integers:
        """Output index of each photo's category, int32 (photos,); -1 for background."""
        index = {category: i for i, category in enumerate(self.categories)} | {"": -1}
        return self.photos["category"].map(index).to_numpy(np.int32)

    @cached_property
    def sha256(self) -> str:
        """Hash of the features, the same as that of the file `features.npz`."""
        return sha256_of({"features": self.features})

    def check_extractor(self, extractor: Path) -> None:
        """Refuse an extractor that these features are not from.

        Args:
            extractor: TFLite file, with or without embedded metadata.

        Raises:
            ValueError: Names both extractors.
        """
        received, expected = sha256_of(extractor), self.extractor_sha256
        if received != expected:
            raise ValueError(
                f"{extractor}: expected the extractor that the features were extracted "
                f"with, of sha256 {expected}, received one of sha256 {received}"
            )

    @property
    def extractor_sha256(self) -> str:
        """Hash of what the extractor computes.

        Raises:
            ValueError: It is not recorded.
        """
        if EXTRACTOR_SHA256 not in self.provenance:
            raise ValueError(
                f"feature set: expected {EXTRACTOR_SHA256} in its provenance, received "
                f"{sorted(self.provenance)}; extract the features again"
            )
        return str(self.provenance[EXTRACTOR_SHA256])

    def rows(self, split: str) -> Integers:
        """Indices of the photos of a split, int32, ascending."""
        return np.flatnonzero(self.photos["split"] == split).astype(np.int32)

    def save(self, directory: Path) -> None:
        """Write the set, replacing a whole older one.

        The users of an older set are deleted with it: their photo numbers are invalid
        here.

        Raises:
            ValueError: `directory` holds something other than a feature set.
        """
        _refuse_foreign(directory)
        with replacing(directory) as building:
            self.write(building)

    def write(self, directory: Path) -> None:
        """Write the files of the set into a folder, `about.json` last."""
        np.savez_compressed(directory / FEATURES, features=self.features)
        write_photos(self.photos, directory / PHOTOS)
        about = {
            "format": FORMAT,
            "scale": self.scale,
            "shape": list(self.features.shape),
            "categories": list(self.categories),
            "sha256": {name: _sha256(directory / name) for name in (FEATURES, PHOTOS)},
            "provenance": self.provenance,
        }
        text = json.dumps(about, indent=1, sort_keys=True, ensure_ascii=False)
        (directory / ABOUT).write_text(text + "\n", encoding="utf-8")

    @classmethod
    def load(cls, directory: Path) -> "FeatureSet":
        """Read a set and check it against its own description.

        Raises:
            FileNotFoundError: A file of the set is missing.
            ValueError: A file does not have the recorded sha256 or shape, or has
                invalid content.
        """
        about = json.loads((directory / ABOUT).read_text(encoding="utf-8"))
        _check_about(about, directory)
        with np.load(directory / FEATURES) as archive:
            features = archive["features"]
        if list(features.shape) != about["shape"]:
            raise ValueError(
                f"{directory / FEATURES}: expected shape {about['shape']}, "
                f"received {list(features.shape)}"
            )
        return cls(
            features,
            float(about["scale"]),
            read_photos(directory / PHOTOS),
            tuple(about["categories"]),
            about["provenance"],
        )


def _check_about(about: dict[str, Any], directory: Path) -> None:
    expected = {"format", "scale", "shape", "categories", "sha256", "provenance"}
    if set(about) != expected or about["format"] != FORMAT:
        raise ValueError(
            f"{directory / ABOUT}: expected format {FORMAT} with keys "
            f"{sorted(expected)}, received format {about.get('format')} with "
            f"{sorted(about)}"
        )
    if set(about["sha256"]) != {FEATURES, PHOTOS}:
        raise ValueError(
            f"{directory / ABOUT}: expected sha256 of {FEATURES} and {PHOTOS}, "
            f"received of {sorted(about['sha256'])}"
        )
    for name, sha256 in about["sha256"].items():
        received = _sha256(directory / name)
        if received != sha256:
            raise ValueError(
                f"{directory / name}: expected sha256 {sha256}, received {received}"
            )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _refuse_foreign(directory: Path) -> None:
    if directory.exists() and any(directory.iterdir()):
        if not (directory / ABOUT).is_file():
            raise ValueError(
                f"{directory}: expected a feature set or no folder, received a folder "
                f"without {ABOUT}; the folder is unchanged"
            )
