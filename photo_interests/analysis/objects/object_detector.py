"""Objects of the 80 COCO classes with their boxes."""

from pathlib import Path

from photo_interests.analysis.detector import Detector

NAME = "objects"


class ObjectDetector(Detector):
    """Finds people, animals, vehicles, food and household things."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, NAME)
