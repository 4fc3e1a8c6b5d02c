"""The position of a photo, from its EXIF block."""

import math
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from PIL import ExifTags, Image

from photo_interests.photos.decode import FORMATS


class Position(NamedTuple):
    """A point on Earth (WGS 84).

    Attributes:
        latitude: Degrees north, -90 to 90.
        longitude: Degrees east, -180 to 180.
    """

    latitude: float
    longitude: float


def read_position(path: Path) -> Position | None:
    """Read where a photo was taken; its pixels are not decoded.

    Damaged metadata is as none: it never decides whether a photo is read.

    Args:
        path: Photo of any kind that `decode` reads.

    Returns:
        The position; None where the file does not say it.
    """
    with warnings.catch_warnings(action="ignore"):
        try:
            with Image.open(path, formats=FORMATS) as image:
                tags = image.getexif().get_ifd(ExifTags.IFD.GPSInfo)
        except Exception:  # Broken blocks make the parser raise nearly everything.
            return None
    return _position(tags)


def valid_position(latitude: float, longitude: float) -> Position | None:
    """Return a position; None where there is no such point, or a camera had no fix.

    Args:
        latitude: Degrees north.
        longitude: Degrees east.
    """
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return None
    if latitude == longitude == 0:  # what cameras without a fix write
        return None
    return Position(latitude, longitude)


def _position(tags: Mapping[int, Any]) -> Position | None:
    latitude = _degrees(tags, ExifTags.GPS.GPSLatitude, {"N": 1, "S": -1})
    longitude = _degrees(tags, ExifTags.GPS.GPSLongitude, {"E": 1, "W": -1})
    if latitude is None or longitude is None:
        return None
    return valid_position(latitude, longitude)


def _degrees(
    tags: Mapping[int, Any], tag: int, signs: Mapping[str, int]
) -> float | None:
    """Degrees, minutes and seconds with the letter of the tag before."""
    try:
        degrees, minutes, seconds = (float(part) for part in tags[tag])
        sign = signs[str(tags[tag - 1]).strip("\0 ").upper()]
    except (KeyError, TypeError, ValueError, ZeroDivisionError):
        return None
    value = sign * (degrees + minutes / 60 + seconds / 3600)
    return value if math.isfinite(value) else None
