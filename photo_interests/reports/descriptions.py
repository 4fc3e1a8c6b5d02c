"""Writes what was found on photos: a table, JSON, an HTML page."""

from collections.abc import Mapping

from photo_interests.analysis.card import AnalyzerCard
from photo_interests.bundle.card import Card
from photo_interests.describe import Descriptions
from photo_interests.reports.outputs import Outputs

THUMBNAIL = 480
"""Longest side of a photo on the page, in pixels."""


def write_descriptions(
    outputs: Outputs,
    result: Descriptions,
    bundle: Card,
    cards: Mapping[str, AnalyzerCard],
    language: str,
) -> None:
    """Write what was found on photos.

    Args:
        outputs: Files to write.
        result: What was found.
        bundle: Card of the bundle.
        cards: Cards of the analyzers that ran, by name.
        language: Language of names and sentences, `en` or `de`.
    """
    from photo_interests.reports.descriptions_html import make_html
    from photo_interests.reports.descriptions_json import make_json
    from photo_interests.reports.descriptions_table import make_table

    outputs.write(
        lambda: make_table(result, bundle, cards, language),
        lambda: make_json(result, cards, language),
        lambda: make_html(result, bundle, cards, language),
    )
