"""The faces of a photo, each cut out upright and of one size."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_interests.analysis.detector import Detector
from photo_interests.analysis.identity.alignment import EYE_DISTANCE, align
from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.analysis.rows import Detection

NAME = "identity"


class FaceAligner:
    """Finds faces with five points each, and cuts them out."""

    def __init__(self, folder: Path) -> None:
        """Load the detector of a card.

        Args:
            folder: Folder of the card and the models.

        Raises:
            CardError: The card is invalid, or the detector differs from it.
        """
        self._detect = Detector(folder, NAME)
        self._minimum = self._detect.card.thresholds["eye_distance_px"]

    def __call__(
        self, photo: DecodedPhoto
    ) -> list[tuple[Detection, NDArray[np.uint8]]]:
        """Return the faces that are large enough with their pixels, best score first.

        Raises:
            PhotoError: The photo's file cannot be decoded any more.
        """
        outputs, fitted = self._detect.run(photo)
        found = self._detect.keep(outputs, fitted)
        if not found:
            return []
        sides = np.array([fitted.width, fitted.height], np.float32)
        points = np.stack([outputs["points"][row] / sides for row, _ in found])
        image = _detailed(photo, points)
        points = points * np.array(image.size, np.float32)
        large = eye_distances(points) >= self._minimum
        return [
            (one, align(image, marks))
            for (_, one), marks, enough in zip(found, points, large, strict=True)
            if enough
        ]


def eye_distances(points: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the distance of the eyes of faces, by five points each `(faces, 5, 2)`."""
    return np.linalg.norm(points[:, 0] - points[:, 1], axis=1)


def _detailed(photo: DecodedPhoto, points: NDArray[np.float32]) -> Image.Image:
    """The photo with as many pixels as its smallest face needs, if it has them.

    Args:
        photo: The photo.
        points: In shares of its sides, `(faces, 5, 2)`.
    """
    distances = eye_distances(points * np.array(photo.image.size, np.float32))
    return photo.enlarged(float(distances.min()), EYE_DISTANCE)
