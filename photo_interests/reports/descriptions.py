"""Writes what was found on photos: a table, JSON, an HTML page."""

from photo_interests.describe import Descriptions
from photo_interests.reports.outputs import Outputs

THUMBNAIL = 480
"""Longest side of a photo on the page, in pixels."""


def write_descriptions(outputs: Outputs, result: Descriptions, language: str) -> None:
    """Write what was found on photos.

    Args:
        outputs: Files to write.
        result: What was found.
        language: Language of names and sentences, `en` or `de`.
    """
    from photo_interests.reports.descriptions_html import make_html
    from photo_interests.reports.descriptions_json import make_json
    from photo_interests.reports.descriptions_table import make_table

    outputs.write(
        lambda: make_table(result, language),
        lambda: make_json(result, language),
        lambda: make_html(result, language),
    )
