"""Photos that a page shows only on request, so that it stays of bounded size.

The first photos of an interest are pictures. All others are in a part of the page that
is closed at first: pictures there are up to `MAX_PICTURES` on the whole page, dealt out
to the interests in turns; then come up to `MAX_NAMES` file names for each interest, and
the number of photos beyond. JSON lists them all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from photo_interests.photos.photo_worker import Still
from photo_interests.reports.interest import Evidence, Interest

HTML_PHOTOS = 9
"""Pictures of an interest that are visible at once."""
MAX_PICTURES = 400
MAX_NAMES = 200


@dataclass
class Collapsed:
    """Photos of an interest beyond the visible ones.

    Attributes:
        pictures: Photos shown as pictures.
        names: Photos shown by the names of their files.
        unnamed: Number of photos beyond.
    """

    pictures: list[Evidence] = field(default_factory=list)
    names: list[Evidence] = field(default_factory=list)
    unnamed: int = 0


def collapse(interests: Sequence[Interest]) -> dict[str, Collapsed]:
    """Say how the photos of each interest beyond the first are shown, by its id."""
    found = {interest.category.id: Collapsed() for interest in interests}
    further = {each.category.id: each.photos[HTML_PHOTOS:] for each in interests}
    # A picture is stored once, however many interests show it.
    stored = {p.still for each in interests for p in each.photos[:HTML_PHOTOS]}
    _deal(found, further, stored)
    for name, photos in further.items():
        named = photos[len(found[name].pictures) :]
        found[name].names = list(named[:MAX_NAMES])
        found[name].unnamed = max(0, len(named) - MAX_NAMES)
    return found


def _deal(
    found: dict[str, Collapsed],
    further: dict[str, tuple[Evidence, ...]],
    stored: set[Still],
) -> None:
    left = MAX_PICTURES
    for turn in range(max(map(len, further.values()), default=0)):
        for name, photos in further.items():
            if turn >= len(photos) or len(found[name].pictures) < turn:
                continue
            photo = photos[turn]
            if photo.still not in stored:
                if left == 0:
                    continue
                left -= 1
                stored.add(photo.still)
            found[name].pictures.append(photo)
