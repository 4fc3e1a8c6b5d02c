"""The frozen first layers of a network in int8, whose maps of photos are stored."""

from pathlib import Path

import keras
import numpy as np

from export.extractor import SIGNATURE
from export.signature_runner import SignatureRunner
from training.arrays import Bytes


class QuantisedLayers:
    """Computes maps of photos with a TFLite model of a network's first layers.

    Args:
        model: Content or file, as `export.extractor.convert_network` gives it.

    Attributes:
        scale: Real value of one step of a map.
        zero_point: Stored value that is 0.
    """

    def __init__(self, model: bytes | Path) -> None:
        self._runner = SignatureRunner(model, threads=1)
        self.scale, self.zero_point = self._runner.output(SIGNATURE, "features")

    def __call__(self, photos: Bytes) -> Bytes:
        """Compute maps, uint8 `(photos, ...)` of uint8 `(photos, height, width, 3)`."""
        maps = [self._runner(SIGNATURE, image=one[None]) for one in photos]
        return np.concatenate([one["features"] for one in maps])

    def rescaling(self) -> keras.layers.Rescaling:
        """Give the layer from stored maps to their real values."""
        return keras.layers.Rescaling(self.scale, -self.zero_point * self.scale)
