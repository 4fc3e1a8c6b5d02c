"""The files of a bundle under verification, each read once."""

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from export.golden import read_features
from export.signature_runner import SignatureRunner
from export.tflite_file import TFLiteFile
from photo_interests.bundle.card import Card
from photo_interests.bundle.interest_sections import GoldenSetOfInterests


class BundleReader:
    """A bundle's folder with its card; hands out parsed files."""

    def __init__(self, bundle: Path, card: Card) -> None:
        """Remember where the bundle is; nothing is read yet."""
        self.bundle = bundle
        self.card = card
        self.model = cache(self._model)
        self.runner = cache(self._runner)

    def models(self) -> list[TFLiteFile]:
        """Every model file of the card."""
        return [self.model(name) for name in sorted(self.card.model_files())]

    def golden_set(self) -> npt.NDArray[np.uint8]:
        """Features of the golden set, (photos, dimension)."""
        path = self.bundle / self.card.golden.set.features
        return read_features(path, self.card.features.dimension)

    def golden_weights(self) -> npt.NDArray[np.float32] | None:
        """Weights of the golden set (photos,); None where the format has none."""
        files = self.card.golden.set
        if not isinstance(files, GoldenSetOfInterests):
            return None
        return self.floats(files.weights, (-1,))

    def floats(self, name: str, shape: tuple[int, ...]) -> npt.NDArray[np.float32]:
        """A raw float32 file of the bundle."""
        return np.fromfile(self.bundle / name, "<f4").reshape(shape)

    def bytes(self, name: str, shape: tuple[int, ...]) -> npt.NDArray[np.uint8]:
        """A raw uint8 file of the bundle."""
        return np.fromfile(self.bundle / name, np.uint8).reshape(shape)

    def _model(self, name: str) -> TFLiteFile:
        return TFLiteFile.read(self.bundle / name)

    def _runner(self, name: str) -> SignatureRunner:
        return SignatureRunner(self.model(name).content)
