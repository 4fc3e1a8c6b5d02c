"""Writes the outputs of a command."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from photo_interests.predict import Prediction
from photo_interests.reports.interests import InterestArea, find_interests
from photo_interests.reports.outputs import Outputs

if TYPE_CHECKING:
    from photo_interests.recommendation.ranking import Recommendation

TABLE_PHOTOS, HTML_PHOTOS, JSON_PHOTOS = 3, 9, 50


def write_interests(
    outputs: Outputs,
    prediction: Prediction,
    threshold: float,
    top: int,
    language: str,
) -> None:
    """Write the interests of a prediction.

    Args:
        outputs: Files to write.
        prediction: Prediction from all photos.
        threshold: Minimum probability of an interest.
        top: Maximum number of interests.
        language: Language of the names, `en` or `de`.
    """
    from photo_interests.reports.interests_html import make_html
    from photo_interests.reports.interests_json import make_json
    from photo_interests.reports.interests_table import make_table

    def areas(photos: int) -> list[InterestArea]:
        return find_interests(prediction, threshold, top, photos)

    outputs.write(
        lambda: make_table(prediction, areas(TABLE_PHOTOS), language),
        lambda: make_json(prediction, areas(JSON_PHOTOS), threshold, language),
        lambda: make_html(prediction, areas(HTML_PHOTOS), language),
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
