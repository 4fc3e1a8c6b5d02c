"""Pictures of a page: each is stored once, however often the page shows it."""

from collections.abc import Sequence

from photo_interests.photos.photo_error import PhotoError
from photo_interests.photos.photo_reader import PhotoReader
from photo_interests.photos.photo_worker import Size, Still
from photo_interests.photos.processes import default_workers
from photo_interests.photos.thumbnail import data_address
from photo_interests.predict import Prediction


class Pictures:
    """Style rules of a page, one for each picture that it shows.

    A page names a picture by its CSS class. What cannot be read has no class.
    """

    def __init__(self) -> None:
        self._classes: dict[Still, str] = {}
        self._addresses: dict[str, str] = {}

    @property
    def rules(self) -> list[tuple[str, str]]:
        """Class and `data:` address of each picture."""
        return sorted(self._addresses.items(), key=lambda rule: int(rule[0][1:]))

    def css_class(self, photo: Still) -> str:
        """Return the class of a photo or frame, or "" where it could not be read."""
        return self._classes.get(photo, "")

    def add(self, webp: bytes) -> str:
        """Add a picture and return its class."""
        name = f"p{len(self._addresses)}"
        self._addresses[name] = data_address(webp)
        return name

    def add_photos(
        self, prediction: Prediction, photos: Sequence[Still], size: Size
    ) -> None:
        """Read photos and frames once more, in worker processes, and add them.

        Args:
            prediction: Prediction the photos belong to.
            photos: Photos and frames; those that were added are not read again.
            size: Width and height in pixels.
        """
        new = [each for each in dict.fromkeys(photos) if each not in self._classes]
        reader = PhotoReader(prediction.bundle, prediction.card, default_workers(), 1)
        found = dict(reader.thumbnails(new, size)) if new else {}
        for index, photo in enumerate(new):
            outcome = found[index]
            if not isinstance(outcome, PhotoError):  # else its name is shown
                self._classes[photo] = self.add(outcome.thumbnail)
