"""A line of a metadata file: Python literals in 2014, strict JSON in 2018.

2014: `asin`, `title`, `imUrl`, `categories` (paths, each a list from the root down).
2018: `asin`, `title`, `imageURLHighRes` and `imageURL`, in its first edition `image`
(lists of addresses), `category` (one path).
"""

import ast
import html
from collections.abc import Iterable
from typing import Any, NamedTuple

from training.experiments.amazon.lines import LineError
from training.experiments.amazon.reviews import json_object, text_of

NO_PICTURE = "no-img"
"""In the address of the shop's placeholder for items without a picture."""
PICTURE_KEYS = ("imUrl", "imageURLHighRes", "imageURL", "image")
SEPARATOR = " > "


class Item(NamedTuple):
    """A product.

    Attributes:
        item: `asin`.
        title: "" where unknown.
        category: The item's deepest category with all above it, joined by `SEPARATOR`;
            "" where unknown.
        url: Of its first picture in the largest size; "" where there is none.
    """

    item: str
    title: str
    category: str
    url: str


def parse_item(line: bytes) -> Item:
    """Read a product of either layout.

    Of several category paths the deepest counts, the first of these.

    Raises:
        LineError: The line is neither JSON nor a Python literal, or has no `asin`.
    """
    record = _record(line)
    paths = record.get("categories") or [record.get("category") or []]
    return Item(
        text_of(record, "asin"),
        html.unescape(_text(record.get("title"))),
        SEPARATOR.join(_deepest(paths)),
        next((url for key in PICTURE_KEYS if (url := _picture(record.get(key)))), ""),
    )


def _record(line: bytes) -> dict[str, Any]:
    try:
        return json_object(line)
    except LineError as error:
        try:
            # Only literals are read: nothing that stands in the file is run.
            record = ast.literal_eval(line.decode("utf-8").strip())
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            raise LineError(f"neither JSON nor a Python literal: {error}") from error
    if not isinstance(record, dict):
        raise LineError(f"expected an object, received {type(record).__name__}")
    return record


def _deepest(paths: Any) -> list[str]:
    if not isinstance(paths, list):
        return []
    cleaned = [_path(path) for path in paths if isinstance(path, list)]
    return max(cleaned, key=len, default=[])


def _path(names: Iterable[Any]) -> list[str]:
    """Clean the names of a path, which ends where the shop's page begins.

    Of 2018 some paths have pieces of the page's HTML after the names.
    """
    path = []
    for name in names:
        text = html.unescape(_text(name))
        if "<" in text or ">" in text:
            break
        if text:
            path.append(text)
    return path


def _picture(value: Any) -> str:
    first = value[0] if isinstance(value, list) and value else value
    url = _text(first)
    web = url.startswith(("http://", "https://"))
    return url if web and NO_PICTURE not in url else ""


def _text(value: Any) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
