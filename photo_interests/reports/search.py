r"""Photos that fit words: a table, and JSON for other programs.

::

    {
      "format": 1,
      "query": str,
      "photos": [{"path": str, "score": float, "reason": str}],  # best first
      "skipped": [{"path": str, "reason": str}],
      "excluded": {str: int}
    }

The reason is the name of what fits best, or "text" or "place".
"""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from photo_interests.bundle.card_sections import in_language
from photo_interests.describe import Descriptions
from photo_interests.reports.formatting import shown_path
from photo_interests.reports.json_content import accounting, encode_json
from photo_interests.search.search import Found

FORMAT = 1
DIGITS = 4
TEXTS = {
    "en": {"photo": "Photo", "reason": "Fits by", "text": "text", "place": "place"},
    "de": {"photo": "Foto", "reason": "Passt durch", "text": "Text", "place": "Ort"},
}


def make_search_table(
    result: Descriptions, found: Sequence[Found], language: str
) -> Table:
    """Lay out the photos that fit, best first.

    Args:
        result: All photos that were read.
        found: Those that fit.
        language: `en` or `de`.
    """
    texts = TEXTS[language]
    table = Table(box=SIMPLE_HEAD, pad_edge=False, caption_justify="left")
    table.add_column(texts["photo"], overflow="fold")
    table.add_column(texts["reason"], overflow="fold")
    for one in found:
        path = shown_path(str(result.rows[one.index].path))
        table.add_row(Text(path), Text(_reason(one, language)))
    table.caption = f"{len(found)} of {len(result.rows)} photos"
    return table


def make_search_json(
    result: Descriptions, found: Sequence[Found], query: str, language: str
) -> bytes:
    """Return the photos that fit as UTF-8 JSON of the form above.

    Args:
        result: All photos that were read.
        found: Those that fit.
        query: The words.
        language: `en` or `de`.
    """
    content = {
        "format": FORMAT,
        "query": query,
        "photos": [
            {
                "path": str(result.rows[one.index].path),
                "score": round(one.score, DIGITS),
                "reason": _reason(one, language),
            }
            for one in found
        ],
        **accounting(result.skipped, result.excluded),
    }
    return encode_json(content)


def _reason(found: Found, language: str) -> str:
    if isinstance(found.reason, str):
        return TEXTS[language][found.reason]
    return in_language(found.reason.names, language)
