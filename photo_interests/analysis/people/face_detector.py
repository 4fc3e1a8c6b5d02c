"""Faces with their boxes; never whose they are."""

from pathlib import Path

from photo_interests.analysis.detector import Detector
from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.analysis.rows import Detection

NAME = "faces"


class FaceDetector(Detector):
    """Finds faces that are turned to the camera."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, NAME)

    def __call__(self, photo: DecodedPhoto) -> tuple[Detection, ...]:
        """Find the faces on a photo, largest first."""
        return tuple(sorted(super().__call__(photo), key=lambda face: -face.box.area))
