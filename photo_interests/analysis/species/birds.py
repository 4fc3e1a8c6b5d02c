"""The species of birds, inside the boxes of birds alone."""

from pathlib import Path

from PIL import Image

from photo_interests.analysis.objects.object_detector import NAME as OBJECTS
from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.analysis.rows import Box, Species
from photo_interests.analysis.species.species_classifier import SpeciesClassifier

NAME = "birds"
INSIDE = "bird"
"""Id of the label of objects whose boxes are looked into."""
MARGIN = 0.1
"""Of the larger side of a box, on each side of it."""


class BirdClassifier:
    """Names the birds that the detector of objects found."""

    def __init__(self, folder: Path) -> None:
        self._species = SpeciesClassifier(folder, NAME)

    def __call__(self, photo: DecodedPhoto) -> tuple[Species, ...]:
        """Name the birds of a photo; those that are not sure are not listed.

        Raises:
            PhotoError: The photo's file cannot be decoded any more.
        """
        named = []
        for found in photo.found_before(OBJECTS, INSIDE):
            result = self._species.classify(self.cut(photo, found.box))
            if result is not None:
                named.append(Species(*result, found.box))
        return tuple(named)

    @property
    def side(self) -> int:
        """Side of the pictures that the network looks at, in pixels."""
        return self._species.side

    def cut(self, photo: DecodedPhoto, box: Box) -> Image.Image:
        """Return the square around a box, with the pixels that the network looks at.

        Args:
            photo: The photo.
            box: In shares of it.

        Raises:
            PhotoError: The photo's file cannot be decoded any more.
        """
        width, height = photo.image.size
        side = max(box.width * width, box.height * height) * (1 + 2 * MARGIN)
        image = photo.enlarged(side, self.side)
        return image.crop(square_around(box, image.size))


def square_around(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """Return left, top, right and bottom of the square, cut at the photo's edges.

    Args:
        box: In shares of the photo.
        size: Width and height of the photo in pixels.
    """
    width, height = size
    half = max(box.width * width, box.height * height) * (0.5 + MARGIN)
    across = (box.left + box.width / 2) * width
    down = (box.top + box.height / 2) * height
    left, top = max(0, round(across - half)), max(0, round(down - half))
    right, bottom = (
        min(width, round(across + half)),
        min(height, round(down + half)),
    )
    return left, top, max(right, left + 1), max(bottom, top + 1)
