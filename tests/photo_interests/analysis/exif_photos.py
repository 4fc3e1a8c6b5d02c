"""Drawn photos with positions and times in their EXIF blocks."""

from datetime import datetime
from pathlib import Path

from PIL import ExifTags, Image

from tests.photo_interests.drawn import busy


def degrees(value: float) -> tuple[float, float, float]:
    minutes = abs(value) % 1 * 60
    return int(abs(value)), int(minutes), round(minutes % 1 * 60, 4)


def write_photo(
    path: Path,
    position: tuple[float, float] | None = None,
    taken: datetime | None = None,
    image: Image.Image | None = None,
) -> Path:
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "drawn"  # Pillow takes a block of nothing else for none
    if position is not None:
        latitude, longitude = position
        exif.get_ifd(ExifTags.IFD.GPSInfo).update(
            {
                ExifTags.GPS.GPSLatitudeRef: "N" if latitude >= 0 else "S",
                ExifTags.GPS.GPSLatitude: degrees(latitude),
                ExifTags.GPS.GPSLongitudeRef: "E" if longitude >= 0 else "W",
                ExifTags.GPS.GPSLongitude: degrees(longitude),
            }
        )
    if taken is not None:
        text = taken.strftime("%Y:%m:%d %H:%M:%S")
        exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = text
    (image or busy(120, 90)).save(path, exif=exif)
    return path
