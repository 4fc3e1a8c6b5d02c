import pytest
from PIL import ExifTags, Image

from photo_interests.photos.position import read_position
from tests.photo_interests.analysis.exif_photos import write_photo
from tests.photo_interests.drawn import busy


@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "heic"])
@pytest.mark.parametrize("position", [(48.1374, 11.5755), (-33.8568, -151.2153)])
def test_position(tmp_path, suffix, position):
    path = write_photo(tmp_path / f"a.{suffix}", position)
    assert read_position(path) == pytest.approx(position, abs=1e-4)


def test_a_photo_without_one(tmp_path):
    assert read_position(write_photo(tmp_path / "a.jpg")) is None


def gps(path, **tags):
    exif = Image.Exif()
    whole = {
        "GPSLatitudeRef": "N",
        "GPSLatitude": (48.0, 8.0, 14.0),
        "GPSLongitudeRef": "E",
        "GPSLongitude": (11.0, 34.0, 31.0),
    } | tags
    exif.get_ifd(ExifTags.IFD.GPSInfo).update(
        {ExifTags.GPS[name]: value for name, value in whole.items() if value}
    )
    busy(40, 30).save(path, exif=exif)
    return read_position(path)


def test_damaged_positions_are_none(tmp_path):
    path = tmp_path / "a.jpg"
    assert gps(path) == pytest.approx((48.1372, 11.5753), abs=1e-4)
    assert gps(path, GPSLatitude=(91.0, 0.0, 0.0)) is None
    assert gps(path, GPSLongitude=(1.0,)) is None
    assert gps(path, GPSLatitudeRef=None) is None
    assert gps(path, GPSLatitudeRef="X") is None
    zero = (0.0, 0.0, 0.0)
    assert gps(path, GPSLatitude=zero, GPSLongitude=zero) is None


def test_damaged_blocks_never_raise(tmp_path):
    whole = write_photo(tmp_path / "a.jpg", (48.1374, 11.5755)).read_bytes()
    start = whole.index(b"Exif\0\0")
    for place in range(start, start + 400):
        path = tmp_path / "damaged.jpg"
        path.write_bytes(whole[:place] + b"\xff" + whole[place + 1 :])
        read_position(path)
    (tmp_path / "text.jpg").write_text("no photo")
    assert read_position(tmp_path / "text.jpg") is None
