r"""Photos that fit words: a table, and JSON for other programs.

::

    {
      "format": 1,
      "query": str,
      "photos": [                     # best first
        {"path": str, "second": float, "score": float, "reason": str}
      ],
      "skipped": [{"path": str, "reason": str}],
      "excluded": {str: int}
    }

The reason is the name of what fits best, or "text" or "place"; `second` is of videos
alone, and says which frame fits best.
"""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.table import Table
from rich.text import Text

from photo_interests.bundle.card_sections import in_language
from photo_interests.describe import Descriptions
from photo_interests.reports.formatting import shown_files, shown_frame, shown_path
from photo_interests.reports.json_content import accounting, encode_json, file_key
from photo_interests.search.search import Found

FORMAT = 1
DIGITS = 4
TEXTS = {
    "en": {
        "photo": "Photo",
        "reason": "Fits by",
        "text": "text",
        "place": "place",
        "of": "{} of {}",
    },
    "de": {
        "photo": "Foto",
        "reason": "Passt durch",
        "text": "Text",
        "place": "Ort",
        "of": "{} von {}",
    },
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
        row = result.rows[one.index]
        path = shown_path(shown_frame(str(row.path), row.second))
        table.add_row(Text(path), Text(_reason(one, language)))
    read = shown_files(result.photos, result.videos, language)
    table.caption = texts["of"].format(len(found), read)
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
                **file_key(result.rows[one.index].path, result.rows[one.index].second),
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
