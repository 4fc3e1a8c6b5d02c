"""A line of a review file, of 2014 or 2018; both are strict JSON with the same keys."""

import json
from typing import Any, NamedTuple

from training.experiments.amazon.lines import LineError

SECONDS_A_DAY = 86_400
LATEST_DAY = 30_000
"""In 2052; a later one is a number of milliseconds or another mistake."""


class Review(NamedTuple):
    """Who took what, and when.

    Attributes:
        user: `reviewerID`.
        item: `asin`.
        day: Days since 1970, from `unixReviewTime` (seconds).
        rating: `overall`, 1 to 5 stars.
    """

    user: str
    item: str
    day: int
    rating: float


def parse_review(line: bytes) -> Review:
    """Read a review; all keys but four are left aside.

    Raises:
        LineError: The line is no JSON object, or lacks one of the four.
    """
    record = json_object(line)
    return Review(
        text_of(record, "reviewerID"),
        text_of(record, "asin"),
        _day(record),
        _rating(record),
    )


def json_object(line: bytes) -> dict[str, Any]:
    """Read a line of strict JSON.

    Raises:
        LineError: It is something else than an object.
    """
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise LineError(f"no JSON: {error}") from error
    if not isinstance(record, dict):
        raise LineError(f"expected an object, received {type(record).__name__}")
    return record


def text_of(record: dict[str, Any], key: str) -> str:
    """Take a text that must be there.

    Raises:
        LineError: It is missing, empty or no text.
    """
    value = record.get(key)
    if not isinstance(value, str) or not value.strip():
        raise LineError(f"expected text in {key!r}, received {value!r}")
    return value.strip()


def _day(record: dict[str, Any]) -> int:
    seconds = record.get("unixReviewTime")
    if isinstance(seconds, bool) or not isinstance(seconds, int):
        raise LineError(f"expected seconds in 'unixReviewTime', received {seconds!r}")
    day = seconds // SECONDS_A_DAY
    if not 0 <= day <= LATEST_DAY:
        raise LineError(f"expected seconds in 'unixReviewTime', received {seconds}")
    return day


def _rating(record: dict[str, Any]) -> float:
    rating = record.get("overall")
    if isinstance(rating, bool) or not isinstance(rating, int | float):
        raise LineError(f"expected 1 to 5 in 'overall', received {rating!r}")
    if not 1 <= rating <= 5:
        raise LineError(f"expected 1 to 5 in 'overall', received {rating!r}")
    return float(rating)
