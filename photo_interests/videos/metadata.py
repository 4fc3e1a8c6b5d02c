"""When and where a video was taken, by the tags of its file.

Phones write both: the time in UTC, or with the zone of the place (Apple), and the
position in the form of ISO 6709, as in `+48.1374+011.5755/`.
"""

import re
from collections.abc import Mapping
from datetime import datetime

from photo_interests.photos.position import Position, valid_position

ZONED_TIME, UTC_TIME = "com.apple.quicktime.creationdate", "creation_time"
POSITIONS = ("com.apple.quicktime.location.ISO6709", "location")
POINT = re.compile(r"([+-]\d{1,2}(?:\.\d+)?)([+-]\d{1,3}(?:\.\d+)?)(?=[+/-]|CRS|$)")
MINIMUM_YEAR = 1990
"""No file of video is older; a clock that was never set says 1904 or 1970."""


def video_taken(tags: Mapping[str, str]) -> datetime | None:
    """Return when a video was taken; None where its tags do not say.

    Args:
        tags: Tags of the container by name.

    Returns:
        Time in the zone that the file gives, and else in that of this computer.
    """
    zoned = _time(tags.get(ZONED_TIME))
    if zoned is not None:
        return zoned
    try:
        utc = _time(tags.get(UTC_TIME))
        return None if utc is None else utc.astimezone()
    except (ValueError, OverflowError, OSError):
        return None


def video_position(tags: Mapping[str, str]) -> Position | None:
    """Return where a video was taken; None where its tags do not say.

    Args:
        tags: Tags of the container by name.
    """
    for name in POSITIONS:
        point = POINT.match(tags.get(name, ""))
        if point is not None:
            return valid_position(float(point[1]), float(point[2]))
    return None


def _time(text: str | None) -> datetime | None:
    try:
        time = None if text is None else datetime.fromisoformat(text)
    except ValueError:
        return None
    return None if time is None or time.year < MINIMUM_YEAR else time
