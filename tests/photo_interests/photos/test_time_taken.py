from datetime import datetime, timedelta, timezone

import pytest
from PIL import ExifTags, Image

from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.photos.decode import decode
from tests.photo_interests.drawn import busy, encoded

NOON = "2026:03:31 12:00:00"


def _taken(tmp_path, tags, kind="JPEG"):
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif).update(tags)
    path = tmp_path / "photo"
    path.write_bytes(encoded(busy(64, 48), kind, exif=exif.tobytes()))
    return decode(path, INPUT_RULE).taken


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF"])
def test_time_of_every_kind_of_file(tmp_path, kind):
    tags = {ExifTags.Base.DateTimeOriginal: NOON}
    assert _taken(tmp_path, tags, kind) == datetime(2026, 3, 31, 12)


def test_zone_where_it_is_given(tmp_path):
    tags = {
        ExifTags.Base.DateTimeOriginal: NOON,
        ExifTags.Base.OffsetTimeOriginal: "-03:30",
    }
    taken = _taken(tmp_path, tags)
    assert taken.utcoffset() == timedelta(hours=-3.5)
    assert (taken.month, taken.hour) == (3, 12)
    zone = timezone(timedelta(hours=-3.5))
    assert taken == datetime(2026, 3, 31, 12, tzinfo=zone)


@pytest.mark.parametrize("offset", ["", "  ", "summer", "+99:00", "\0\0"])
def test_without_a_zone_that_can_be_read(tmp_path, offset):
    tags = {
        ExifTags.Base.DateTimeOriginal: NOON + "\0",
        ExifTags.Base.OffsetTimeOriginal: offset,
    }
    assert _taken(tmp_path, tags) == datetime(2026, 3, 31, 12)


@pytest.mark.parametrize(
    "tags",
    [
        {},
        {ExifTags.Base.DateTimeOriginal: "0000:00:00 00:00:00"},
        {ExifTags.Base.DateTimeOriginal: "    :  :     :  :  "},
        {ExifTags.Base.DateTimeOriginal: "0001:01:01 00:00:00"},
        {ExifTags.Base.DateTimeOriginal: "yesterday"},
        # When a photo was changed or digitised is not when it was taken.
        {ExifTags.Base.DateTimeDigitized: NOON},
    ],
)
def test_no_time(tmp_path, tags):
    assert _taken(tmp_path, tags) is None


def test_a_plain_file_has_no_time(tmp_path):
    path = tmp_path / "photo"
    path.write_bytes(encoded(busy(64, 48), "JPEG"))
    assert decode(path, INPUT_RULE).taken is None


def test_damaged_metadata_hides_no_photo(tmp_path):
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = NOON
    content = encoded(busy(64, 48), "JPEG", exif=exif.tobytes())
    start = content.index(b"Exif\0\0") + 6
    path = tmp_path / "photo"
    for place in range(start, start + len(exif.tobytes()) - 6):
        path.write_bytes(content[:place] + b"\xff" + content[place + 1 :])
        decoded = decode(path, INPUT_RULE)
        assert decoded.image.size == (64, 48)
