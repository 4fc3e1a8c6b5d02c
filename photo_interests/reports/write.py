"""Writes the outputs of a command."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from photo_interests.bundle.card import CardFormat2
from photo_interests.level import Level
from photo_interests.predict import Prediction
from photo_interests.reports.interest import InterestArea
from photo_interests.reports.interests import find_interests
from photo_interests.reports.outputs import Outputs

if TYPE_CHECKING:
    from photo_interests.recommendation.ranking import Recommendation

TABLE_PHOTOS, JSON_PHOTOS = 3, 50


def write_interests(
    outputs: Outputs,
    prediction: Prediction,
    threshold: float | None,
    top: int,
    language: str,
    level: Level = Level.interests,
    sensitive: bool = False,
) -> None:
    """Write the interests of a prediction.

    Args:
        outputs: Files to write.
        prediction: Prediction from all photos.
        threshold: Minimum probability of an interest; that of the card if None.
        top: Maximum number of interests.
        language: Language of the names, `en` or `de`.
        level: Whether to list interests, or the kinds that photos show.
        sensitive: Whether to list sensitive interests and their kinds too.
    """
    from photo_interests.reports.collapsed_photos import HTML_PHOTOS
    from photo_interests.reports.interests_html import make_html
    from photo_interests.reports.interests_json import make_json
    from photo_interests.reports.interests_table import make_table

    def areas(photos: int, with_strength: int | None) -> list[InterestArea]:
        limit = with_strength if isinstance(prediction.card, CardFormat2) else photos
        return find_interests(prediction, threshold, top, limit, level, sensitive)

    outputs.write(
        lambda: make_table(
            prediction, areas(TABLE_PHOTOS, TABLE_PHOTOS), language, level
        ),
        lambda: make_json(
            prediction,
            areas(JSON_PHOTOS, None),
            threshold,
            language,
            level,
            sensitive,
        ),
        lambda: make_html(prediction, areas(HTML_PHOTOS, None), language, level),
    )


def write_products(
    outputs: Outputs,
    prediction: Prediction,
    ranked: Sequence["Recommendation"],
    products: Path,
    file: Path,
    language: str,
) -> None:
    """Write the recommended products.

    Args:
        outputs: Files to write.
        prediction: Prediction from all photos.
        ranked: Products, best first.
        products: The folder, table or file that the user gave.
        file: The catalogue's file.
        language: Language of the names, `en` or `de`.
    """
    from photo_interests.reports.products import (
        make_products_html,
        make_products_json,
        make_products_table,
    )

    outputs.write(
        lambda: make_products_table(prediction, ranked, language),
        lambda: make_products_json(prediction, ranked, products, language),
        lambda: make_products_html(prediction, ranked, file, language),
    )
