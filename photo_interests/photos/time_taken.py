"""When a photo was taken.

One rule: EXIF DateTimeOriginal, in the zone of OffsetTimeOriginal where that is given,
and else by the clock of this computer. Nothing else is a time: when a file was changed
says when it was copied, edited or downloaded.
"""

from datetime import datetime

from PIL import ExifTags, Image

FORMAT = "%Y:%m:%d %H:%M:%S"


def time_taken(image: Image.Image) -> datetime | None:
    """Return when a photo was taken; None where its EXIF gives no such time.

    Args:
        image: Opened file.

    Returns:
        Time with a zone where the photo gives one; its month is that of the clock on
        the camera in any case.
    """
    try:
        values = image.getexif().get_ifd(ExifTags.IFD.Exif)
        original = _text(values.get(ExifTags.Base.DateTimeOriginal))
        offset = _text(values.get(ExifTags.Base.OffsetTimeOriginal))
    except Exception:
        # Damaged EXIF makes Pillow raise nearly every kind of exception.
        return None
    return _parse(f"{original}{offset}", f"{FORMAT}%z") or _parse(original, FORMAT)


def _text(value: object) -> str:
    text = value.decode("ascii", "replace") if isinstance(value, bytes) else value
    return str(text).strip("\0 ") if text is not None else ""


def _parse(text: str, form: str) -> datetime | None:
    try:
        taken = datetime.strptime(text, form)
        taken.timestamp()  # a year 1 has none in some zones
    except (ValueError, OverflowError, OSError):
        return None
    return taken
