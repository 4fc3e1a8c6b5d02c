"""The answer as one HTML page that needs no other file and no network."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from photo_interests.bundle.card import Card
from photo_interests.bundle.card_sections import Input
from photo_interests.photos.photo_error import PhotoError
from photo_interests.photos.thumbnail import make_thumbnail
from photo_interests.predict import Prediction
from photo_interests.reports.formatting import shown_path, shown_share
from photo_interests.reports.interests import Evidence, InterestArea
from photo_interests.reports.interests_texts import TEXTS
from photo_interests.reports.page import page_template

# Twice what the page shows them at, for sharp screens: the first photo, the others.
LARGE = (640, 400)
SMALL = (192, 192)
# The golden angle: neighbouring areas get hues far apart, however many there are.
HUE_STEP = 137.5


@dataclass(frozen=True)
class Picture:
    """A photo on the page.

    Attributes:
        name: file name as shown.
        share: its part in the interest, as shown.
        address: `data:` address of the thumbnail, or "" when it could not be made.
    """

    name: str
    share: str
    address: str


def make_html(
    prediction: Prediction, areas: Sequence[InterestArea], language: str
) -> str:
    """Write the page, with thumbnails of the photos behind each interest.

    Reads these photos once more: the answer was made from features alone.
    """
    interests = [interest for group in areas for interest in group.interests]
    return page_template("report.html.jinja", language).render(
        language=language,
        texts=TEXTS[language],
        card=prediction.card,
        photos=len(prediction.photos),
        skipped=prediction.skipped,
        areas=areas,
        hues=_hues(prediction.card),
        best=sorted(interests, key=lambda each: -each.probability)[:3],
        interests=len(interests),
        pictures=_pictures(prediction.card.input, areas, language),
    )


def _hues(card: Card) -> dict[str, float]:
    """Of each area; an area keeps its hue from report to report."""
    return {
        area.id: round(index * HUE_STEP % 360, 1)
        for index, area in enumerate(card.areas)
    }


def _pictures(
    rule: Input, areas: Sequence[InterestArea], language: str
) -> dict[str, list[Picture]]:
    """The pictures of each interest, by its id."""

    @cache  # a photo often speaks for several interests
    def address(path: Path, size: tuple[int, int]) -> str:
        try:
            return make_thumbnail(path, rule, *size)
        except PhotoError:
            return ""  # it was there when it was read; its name still is

    def picture(place: int, photo: Evidence) -> Picture:
        return Picture(
            shown_path(photo.path.name),
            shown_share(photo.share, language),
            address(photo.path, SMALL if place else LARGE),
        )

    return {
        interest.category.id: [
            picture(place, photo) for place, photo in enumerate(interest.photos)
        ]
        for group in areas
        for interest in group.interests
    }
