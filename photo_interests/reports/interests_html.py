"""A prediction as one HTML page that needs no other file and no network."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from photo_interests.bundle.card import Card, CardFormat2
from photo_interests.level import Level
from photo_interests.predict import Prediction
from photo_interests.reports.collapsed_photos import HTML_PHOTOS, Collapsed, collapse
from photo_interests.reports.formatting import (
    shown_files,
    shown_frame,
    shown_path,
    shown_share,
)
from photo_interests.reports.interest import Evidence, Interest, InterestArea
from photo_interests.reports.interests import strongest_first
from photo_interests.reports.interests_texts import TEXTS
from photo_interests.reports.page import page_template
from photo_interests.reports.pictures import Pictures

# Twice what the page shows them at, for sharp screens: the first photo, the others.
LARGE, SMALL = (640, 400), (192, 192)
# A page of more photos than this has them smaller, so that it stays below 2 MB.
MANY_PHOTOS = 60
LARGE_OF_MANY, SMALL_OF_MANY = (320, 200), (120, 120)
# Photos that the page shows when it is asked to show all of an interest.
COLLAPSED = (96, 96)
SHARES = 5
"""Number of photos whose contribution is listed for an interest."""
# The golden angle: neighbouring areas get hues far apart, however many there are.
HUE_STEP = 137.5


@dataclass(frozen=True)
class Picture:
    """A photo on the page.

    Attributes:
        name: File name as shown.
        share: Contribution to the interest, as shown.
        css_class: Class of the picture, or "" when it could not be read.
        is_video: Whether it is a frame of a video.
    """

    name: str
    share: str
    css_class: str
    is_video: bool


def make_html(
    prediction: Prediction,
    areas: Sequence[InterestArea],
    language: str,
    level: Level = Level.interests,
) -> str:
    """Return the page, with thumbnails of photos that show or support each interest.

    Reads these photos once more: the prediction holds features alone.

    Args:
        prediction: Prediction from all photos.
        areas: Interests or kinds to show, with their photos.
        language: Language of the names and texts, `en` or `de`.
        level: Whether these are interests or kinds.
    """
    interests = [interest for group in areas for interest in group.interests]
    collapsed = collapse(interests)
    pictures = _read_pictures(prediction, interests, collapsed)
    strongest = sorted(interests, key=strongest_first)

    def shown(photos: Sequence[Evidence]) -> list[Picture]:
        return [_picture(photo, pictures, language) for photo in photos]

    return page_template("report.html.jinja", language).render(
        language=language,
        texts=TEXTS[language],
        card=prediction.card,
        files=shown_files(
            len(prediction.photos) - prediction.videos, prediction.videos, language
        ),
        has_videos=prediction.videos > 0,
        skipped=prediction.skipped,
        areas=areas,
        hues=_hues(prediction.card),
        best=strongest[:3],
        interests=len(interests),
        level=level.value,
        has_strength=isinstance(prediction.card, CardFormat2),
        most_events=max(
            (each.strength.events for each in interests if each.strength), default=1.0
        ),
        rules=pictures.rules,
        pictures={each.id: shown(each.photos[:HTML_PHOTOS]) for each in interests},
        collapsed={
            name: {
                "pictures": shown(each.pictures),
                "names": [_name(photo) for photo in each.names],
                "unnamed": each.unnamed,
            }
            for name, each in collapsed.items()
        },
        largest_shares={
            each.id: shown(sorted(each.photos, key=lambda one: -one.share)[:SHARES])
            for each in interests
        },
    )


def _hues(card: Card) -> dict[str, float]:
    """Return the hue of each area, which is the same on every page."""
    return {
        area.id: round(index * HUE_STEP % 360, 1)
        for index, area in enumerate(card.areas)
    }


def _read_pictures(
    prediction: Prediction,
    interests: Sequence[Interest],
    collapsed: Mapping[str, Collapsed],
) -> Pictures:
    """Read each photo once, at the largest size it is shown at."""
    first = [interest.photos[0].still for interest in interests]
    others = [
        photo.still
        for interest in interests
        for photo in interest.photos[1:HTML_PHOTOS]
    ]
    further = [photo.still for each in collapsed.values() for photo in each.pictures]
    many = len({*first, *others}) > MANY_PHOTOS
    pictures = Pictures()
    pictures.add_photos(prediction, first, LARGE_OF_MANY if many else LARGE)
    pictures.add_photos(prediction, others, SMALL_OF_MANY if many else SMALL)
    pictures.add_photos(prediction, further, COLLAPSED)
    return pictures


def _picture(photo: Evidence, pictures: Pictures, language: str) -> Picture:
    return Picture(
        _name(photo),
        shown_share(photo.share, language),
        pictures.css_class(photo.still),
        photo.second is not None,
    )


def _name(photo: Evidence) -> str:
    return shown_path(shown_frame(photo.path.name, photo.second))
