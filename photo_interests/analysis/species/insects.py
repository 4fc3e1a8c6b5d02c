"""The species of an insect, where the classifier of photos sees an insect."""

from pathlib import Path

from PIL import Image

from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.analysis.rows import Species
from photo_interests.analysis.species.species_classifier import SpeciesClassifier

NAME = "insects"


class InsectClassifier:
    """Names the insect that a photo shows."""

    def __init__(self, folder: Path) -> None:
        self._species = SpeciesClassifier(folder, NAME)

    def __call__(self, photo: DecodedPhoto) -> tuple[Species, ...]:
        """Name the insect in the middle of a photo of one, if that is sure."""
        if not self.shows_insect(photo):
            return ()
        result = self._species.classify(_middle(photo.image))
        return () if result is None else (Species(*result, None),)

    def shows_insect(self, photo: DecodedPhoto) -> bool:
        """Whether the classifier of photos sees a kind of insect."""
        return self._species.card.is_open(photo.content.kinds)


def _middle(image: Image.Image) -> Image.Image:
    """The largest square in the middle of an image."""
    width, height = image.size
    side = min(width, height)
    left, top = (width - side) // 2, (height - side) // 2
    return image.crop((left, top, left + side, top + side))
