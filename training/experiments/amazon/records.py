"""Reviews and products of the Amazon product data in the layouts of three releases.

| | 2014 (SIGIR) | 2018 (EMNLP) | 2023 (Amazon Reviews'23) |
| --- | --- | --- | --- |
| user | `reviewerID` | `reviewerID` | `user_id` |
| item | `asin` | `asin` | `parent_asin` |
| time | `unixReviewTime`, s | `unixReviewTime`, s | `timestamp`, ms |
| stars | `overall` | `overall` | `rating` |
| categories | `categories`: paths | `category`: a path | `categories`: a path |
| picture | `imUrl` | `imageURLHighRes`, ... | `images`: `hi_res`, `large` |

The layout of a line is recognised by its keys. Metadata of 2014 are Python literals,
everything else is strict JSON.
"""

import ast
import html
import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from training.experiments.amazon.lines import LineError

SECONDS_PER_DAY = 86_400
LATEST_DAY = 30_000
"""In 2052; a later one has another unit or is a mistake."""
NO_PICTURE = "no-img"
"""In the address of the shop's placeholder for items without a picture."""
PICTURE_KEYS = ("imUrl", "imageURLHighRes", "imageURL", "image", "images")
SIZES = ("hi_res", "large", "thumb")
"""Keys of a picture of 2023, the largest first."""
SEPARATOR = " > "


class Review(NamedTuple):
    """An item that a user reviewed.

    Attributes:
        user: Id of the user.
        item: Id of the item; of 2023 that of all its variants together.
        day: Number of days since 1970.
        rating: 1 to 5 stars.
    """

    user: str
    item: str
    day: int
    rating: float


class Item(NamedTuple):
    """A product.

    Attributes:
        item: Its id.
        title: "" where unknown.
        category: The item's deepest category with all above it, joined by `SEPARATOR`;
            "" where unknown.
        url: Address of its first picture in the largest size; "" where there is none.
    """

    item: str
    title: str
    category: str
    url: str


def parse_review(line: bytes) -> Review:
    """Read a review of any layout; all keys but four are ignored.

    Raises:
        LineError: The line is no JSON object, or lacks one of the four.
    """
    record = _json_object(line)
    if "user_id" in record:
        item = "parent_asin" if "parent_asin" in record else "asin"
        keys = ("user_id", item, "timestamp", "rating")
        units_per_second = 1000
    else:
        keys = ("reviewerID", "asin", "unixReviewTime", "overall")
        units_per_second = 1
    user, item, time, rating = keys
    return Review(
        _required_text(record, user),
        _required_text(record, item),
        _day(record, time, units_per_second),
        _rating(record, rating),
    )


def parse_item(line: bytes) -> Item:
    """Read a product of any layout.

    Of several category paths the deepest counts, the first of these.

    Raises:
        LineError: The line is neither JSON nor a Python literal, or has no id.
    """
    record = _object_or_literal(line)
    path = record.get("categories") or record.get("category") or []
    paths = (
        path
        if isinstance(path, list) and path and isinstance(path[0], list)
        else [path]
    )
    if record.get("main_category") and not any(paths):
        paths = [[record["main_category"]]]
    return Item(
        _required_text(record, "parent_asin" if "parent_asin" in record else "asin"),
        html.unescape(_text(record.get("title"))),
        SEPARATOR.join(_deepest(paths)),
        next((url for key in PICTURE_KEYS if (url := _picture(record.get(key)))), ""),
    )


def _json_object(line: bytes) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LineError(f"no JSON: {error}") from error
    if not isinstance(record, dict):
        raise LineError(f"expected an object, received {type(record).__name__}")
    return record


def _object_or_literal(line: bytes) -> dict[str, Any]:
    try:
        return _json_object(line)
    except LineError as error:
        try:
            # Only literals are read: no code in the file is run.
            record = ast.literal_eval(line.decode("utf-8").strip())
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            raise LineError(f"neither JSON nor a Python literal: {error}") from error
    if not isinstance(record, dict):
        raise LineError(f"expected an object, received {type(record).__name__}")
    return record


def _required_text(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    if not isinstance(value, str) or not value.strip():
        raise LineError(f"expected text in {key!r}, received {value!r}")
    return value.strip()


def _day(record: dict[str, Any], key: str, units_per_second: int) -> int:
    value = record.get(key)
    unit = "seconds" if units_per_second == 1 else "milliseconds"
    message = f"expected {unit} since 1970 in {key!r}, received {value!r}"
    if isinstance(value, bool) or not isinstance(value, int):
        raise LineError(message)
    day = value // (units_per_second * SECONDS_PER_DAY)
    if not 0 <= day <= LATEST_DAY:
        raise LineError(message)
    return day


def _rating(record: dict[str, Any], key: str) -> float:
    rating = record.get(key)
    if isinstance(rating, int | float) and rating is not True and 1 <= rating <= 5:
        return float(rating)
    raise LineError(f"expected 1 to 5 in {key!r}, received {rating!r}")


def _deepest(paths: Iterable[object]) -> list[str]:
    return max((_path(p) for p in paths if isinstance(p, list)), key=len, default=[])


def _path(names: Iterable[object]) -> list[str]:
    """Clean the names of a path.

    Of 2018 some paths have pieces of the shop page's HTML after the names.
    """
    path = []
    for name in names:
        text = html.unescape(_text(name))
        if "<" in text or ">" in text:
            break
        if text:
            path.append(text)
    return path


def _picture(value: object) -> str:
    if isinstance(value, dict):  # Parquet of 2023: a list for each size
        value = [{size: (value.get(size) or [None])[0] for size in SIZES}]
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict):
        first = next((first[size] for size in SIZES if first.get(size)), None)
    url = _text(first)
    web = url.startswith(("http://", "https://"))
    return url if web and NO_PICTURE not in url else ""


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
