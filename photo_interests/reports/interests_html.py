"""A prediction as one HTML page that needs no other file and no network."""

from collections.abc import Sequence
from dataclasses import dataclass

from photo_interests.bundle.card import Card
from photo_interests.predict import Prediction
from photo_interests.reports.formatting import shown_path, shown_share
from photo_interests.reports.interests import Evidence, InterestArea
from photo_interests.reports.interests_texts import TEXTS
from photo_interests.reports.page import page_template
from photo_interests.reports.pictures import Pictures

# Twice what the page shows them at, for sharp screens: the first photo, the others.
LARGE, SMALL = (640, 400), (192, 192)
# A page of more photos than this has them smaller, so that it stays below 2 MB.
MANY_PHOTOS = 60
LARGE_OF_MANY, SMALL_OF_MANY = (320, 200), (120, 120)
# The golden angle: neighbouring areas get hues far apart, however many there are.
HUE_STEP = 137.5


@dataclass(frozen=True)
class Picture:
    """A photo on the page.

    Attributes:
        name: File name as shown.
        share: Contribution to the interest, as shown.
        css_class: Class of the picture, or "" when it could not be read.
    """

    name: str
    share: str
    css_class: str


def make_html(
    prediction: Prediction, areas: Sequence[InterestArea], language: str
) -> str:
    """Return the page, with thumbnails of the photos that contribute.

    Reads these photos once more: the prediction holds features alone.

    Args:
        prediction: Prediction from all photos.
        areas: Interests to show, with their photos.
        language: Language of the names and texts, `en` or `de`.
    """
    interests = [interest for group in areas for interest in group.interests]
    pictures = _read_pictures(prediction, areas)
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
        rules=pictures.rules,
        pictures={
            interest.category.id: [
                _picture(photo, pictures, language) for photo in interest.photos
            ]
            for interest in interests
        },
    )


def _hues(card: Card) -> dict[str, float]:
    """Return the hue of each area, which is the same on every page."""
    return {
        area.id: round(index * HUE_STEP % 360, 1)
        for index, area in enumerate(card.areas)
    }


def _read_pictures(prediction: Prediction, areas: Sequence[InterestArea]) -> Pictures:
    """Read each photo once, at the largest size it is shown at."""
    interests = [interest for group in areas for interest in group.interests]
    first = [interest.photos[0].path for interest in interests]
    others = [photo.path for interest in interests for photo in interest.photos[1:]]
    many = len({*first, *others}) > MANY_PHOTOS
    pictures = Pictures()
    pictures.add_photos(prediction, first, LARGE_OF_MANY if many else LARGE)
    pictures.add_photos(prediction, others, SMALL_OF_MANY if many else SMALL)
    return pictures


def _picture(photo: Evidence, pictures: Pictures, language: str) -> Picture:
    return Picture(
        shown_path(photo.path.name),
        shown_share(photo.share, language),
        pictures.css_class(photo.path),
    )
