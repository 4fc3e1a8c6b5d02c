"""What was found on photos as one HTML page that needs no other file."""

from collections.abc import Mapping

from photo_interests.analysis.card import AnalyzerCard
from photo_interests.analysis.description.sentence import describe_photo
from photo_interests.analysis.rows import Box, PhotoRow
from photo_interests.bundle.card_sections import in_language
from photo_interests.describe import Descriptions
from photo_interests.photos.thumbnail import data_address
from photo_interests.reports.descriptions_texts import (
    TEXTS,
    findings,
    shown_name,
    shown_text_interest,
    shown_trip,
)
from photo_interests.reports.page import page_template

MAXIMUM_PHOTOS = 300
"""Photos on a page, so that it stays below 10 MB."""


def make_html(result: Descriptions, language: str) -> str:
    """Return the page: each photo with its sentence and findings.

    Args:
        result: What was found, with thumbnails.
        language: `en` or `de`.
    """
    cards = result.cards
    shown = list(zip(result.rows, result.thumbnails, strict=True))[:MAXIMUM_PHOTOS]
    return page_template("describe.html.jinja", language).render(
        language=language,
        texts=TEXTS[language],
        photos=[
            {
                "name": shown_name(row),
                "address": data_address(thumbnail),
                "sentence": describe_photo(row, cards, language),
                "findings": findings(result, row, language),
                "boxes": _boxes(row, cards, language),
            }
            for row, thumbnail in shown
        ],
        more=len(result.rows) - len(shown),
        trips=[shown_trip(trip, language) for trip in result.trips],
        text_interests=[
            shown_text_interest(one, result.bundle, language)
            for one in result.text_interests
        ],
        skipped=result.skipped,
        sources=[source for card in cards.values() for source in card.sources],
    )


def _boxes(
    row: PhotoRow, cards: Mapping[str, AnalyzerCard], language: str
) -> list[dict[str, str]]:
    """What each box on the photo is called, and its place as a style."""
    boxes = []
    for found in row.objects or ():
        label = cards["objects"].labels[found.label]
        boxes.append((in_language(label.names, language), found.box))
    boxes += [("", face.box) for face in row.faces or ()]
    person = str(TEXTS[language]["group"])
    boxes += [(f"{person} {one.group}", one.box) for one in row.same_person or ()]
    return [{"name": name, "style": _style(box)} for name, box in boxes]


def _style(box: Box) -> str:
    sides = {"left": box.left, "top": box.top}
    sides |= {"width": box.width, "height": box.height}
    return ";".join(f"{side}:{value:.2%}" for side, value in sides.items())
