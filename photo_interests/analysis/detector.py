"""Runs a detector and keeps one box for each thing."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photo_interests.analysis.card import load_analyzer
from photo_interests.analysis.photo import DecodedPhoto, Letterbox
from photo_interests.analysis.pixel_model import PixelModel
from photo_interests.analysis.rows import Box, Detection
from photo_interests.bundle.card import CardError

Floats = NDArray[np.float32]


class Detector:
    """Finds things of several labels with their boxes, on the TFLite runtime.

    Attributes:
        card: Card of the analyzer.
    """

    def __init__(self, folder: Path, name: str) -> None:
        """Load a detector and compare it with its card.

        Args:
            folder: Folder of its card and model.
            name: Name of the analyzer.

        Raises:
            CardError: The card is invalid, or the model differs from it.
        """
        card = self.card = load_analyzer(folder, name)
        self._model = PixelModel(folder, card)
        self._score = card.thresholds["score"]
        self._overlap = card.thresholds["overlap"]
        labels = self._model.run.get_output_details()["scores"]["shape"][-1]
        if labels != len(card.labels):
            raise CardError(
                f"{folder / card.model}: expected scores of {len(card.labels)} labels, "
                f"received {labels}"
            )

    def __call__(self, photo: DecodedPhoto) -> tuple[Detection, ...]:
        """Find things on a photo, best score first."""
        outputs, fitted = self.run(photo)
        return tuple(found for _, found in self.keep(outputs, fitted))

    def run(self, photo: DecodedPhoto) -> tuple[dict[str, Floats], Letterbox]:
        """Return the outputs of the network by name, and the square it looked at."""
        fitted = photo.letterbox(self._model.input.side, self._model.input.background)
        return self._model.run(pixels=fitted.pixels[None]), fitted

    def keep(
        self, outputs: dict[str, Floats], fitted: Letterbox
    ) -> list[tuple[int, Detection]]:
        """Keep what is above the threshold and no second box of the same thing.

        Args:
            outputs: Of the network.
            fitted: The square it looked at.

        Returns:
            The row of each in the outputs, and what it is; best score first.
        """
        boxes, scores = outputs["boxes"], outputs["scores"]
        labels = scores.argmax(axis=1)
        best = scores.max(axis=1)
        rows = np.flatnonzero(best >= self._score)
        kept: list[int] = []
        for row in rows[np.argsort(-best[rows], kind="stable")]:
            rivals = [other for other in kept if labels[other] == labels[row]]
            if not rivals or overlaps(boxes[row], boxes[rivals]).max() < self._overlap:
                kept.append(int(row))
        return [
            (
                row,
                Detection(int(labels[row]), float(best[row]), _box(boxes[row], fitted)),
            )
            for row in kept
        ]


def overlaps(box: Floats, others: Floats) -> Floats:
    """Return intersection over union of a box with each of others.

    Args:
        box: Left, top, right and bottom, `(4,)`.
        others: The same of other boxes, `(boxes, 4)`.
    """
    low = np.maximum(box[:2], others[:, :2])
    high = np.minimum(box[2:], others[:, 2:])
    shared = np.prod(np.maximum(high - low, 0), axis=1)
    areas = np.prod(others[:, 2:] - others[:, :2], axis=1)
    union = np.prod(box[2:] - box[:2]) + areas - shared
    return shared / np.maximum(union, 1e-9)


def _box(corners: Floats, fitted: Letterbox) -> Box:
    """A box in shares of the photo, cut at its edges."""
    sides = np.array([fitted.width, fitted.height] * 2, np.float32)
    left, top, right, bottom = (float(x) for x in np.clip(corners / sides, 0, 1))
    return Box(left, top, right - left, bottom - top)
