import os
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.photos.decode import MAXIMUM_PIXELS, ORIENTATION, decode
from photo_interests.photos.pixels import PhotoError, read_pixels
from tests.photo_interests.drawn import (
    CORNERS,
    busy,
    corner_colours,
    encoded,
    four_corners,
    png_sixteen_bits,
    swapped_profile,
)

GREY = [round(0.299 * r + 0.587 * g + 0.114 * b) for r, g, b in CORNERS]


@pytest.fixture
def read(tmp_path):
    def read_content(content):
        path = tmp_path / "photo"
        path.write_bytes(content)
        return read_pixels(path)

    return read_content


def _assert_corners(pixels, expected=CORNERS, tolerance=6):
    assert pixels.shape == (224, 224, 3)
    assert pixels.dtype == np.uint8
    np.testing.assert_allclose(corner_colours(pixels), expected, atol=tolerance)


@pytest.mark.parametrize(
    "kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "GIF", "BMP", "TIFF"]
)
def test_every_kind(read, kind):
    _assert_corners(read(encoded(four_corners(), kind)), tolerance=10)


def test_squash_is_the_triangle_filter_on_the_whole_photo(read):
    image = busy(400, 300)
    expected = image.resize((224, 224), Image.Resampling.BILINEAR)
    np.testing.assert_array_equal(read(encoded(image, "PNG")), np.asarray(expected))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_is_turned_upright(read, kind, orientation):
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    image = four_corners()
    stored = image.transpose(undo[orientation]) if orientation > 1 else image
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    _assert_corners(read(encoded(stored, kind, exif=exif.tobytes())), tolerance=10)


def test_cmyk(read):
    # Without a profile CMYK has no exact colours; a swap or inversion is far off.
    pixels = read(encoded(four_corners(mode="CMYK"), "JPEG"))
    _assert_corners(pixels, tolerance=10)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_grey(read, kind):
    expected = [[grey] * 3 for grey in GREY]
    _assert_corners(read(encoded(four_corners(mode="L"), kind)), expected)


def test_black_and_white(read):
    pixels = read(encoded(Image.new("1", (30, 30), 1), "PNG"))
    assert (pixels == 255).all()


def test_sixteen_bit_colour(read):
    samples = np.asarray(four_corners()).astype(np.uint16) * 257
    _assert_corners(read(png_sixteen_bits(samples)), tolerance=1)


def test_sixteen_bit_grey(read):
    samples = np.asarray(four_corners(mode="L")).astype(np.uint16) * 257
    expected = [[grey] * 3 for grey in GREY]
    _assert_corners(read(png_sixteen_bits(samples)), expected, tolerance=1)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
@pytest.mark.parametrize(("alpha", "share"), [(0, 0.0), (128, 0.5), (255, 1.0)])
def test_transparency_lies_on_the_background(read, kind, alpha, share):
    image = four_corners()
    image.putalpha(alpha)
    background = np.array(INPUT_RULE.background)
    expected = share * np.array(CORNERS) + (1 - share) * background
    _assert_corners(read(encoded(image, kind)), expected)


def test_transparent_palette_and_grey(read):
    palette = Image.new("P", (20, 20), 1)
    palette.putpalette([0, 0, 0, 9, 9, 9])
    assert (read(encoded(palette, "PNG", transparency=1)) == 255).all()
    assert (read(encoded(palette, "GIF", transparency=1)) == 255).all()
    grey = Image.new("LA", (20, 20), (10, 0))
    assert (read(encoded(grey, "PNG")) == 255).all()


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "TIFF"])
def test_first_frame_of_many(read, kind):
    others = [Image.new("RGB", (600, 480), shade) for shade in ("black", "white")]
    content = encoded(four_corners(), kind, save_all=True, append_images=others)
    _assert_corners(read(content), tolerance=10)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_embedded_profile_is_obeyed(read, kind):
    content = encoded(four_corners(), kind, icc_profile=swapped_profile())
    expected = [colour[::-1] for colour in CORNERS]
    _assert_corners(read(content), expected, tolerance=12)


def test_profile_holds_under_transparency(read):
    image = four_corners()
    image.putalpha(128)
    content = encoded(image, "PNG", icc_profile=swapped_profile())
    expected = [[(part + 255) / 2 for part in colour[::-1]] for colour in CORNERS]
    _assert_corners(read(content), expected)


@pytest.mark.parametrize("profile", [b"broken", swapped_profile()[:200]])
def test_damaged_profile_is_ignored(read, profile):
    _assert_corners(read(encoded(four_corners(), "JPEG", icc_profile=profile)))


def test_damaged_exif_is_ignored(read):
    exif = b"Exif\0\0MM\0*\0\0\0\x08\xff\xff\x01\x12\0\x03"
    _assert_corners(read(encoded(four_corners(), "JPEG", exif=exif)))


@pytest.mark.parametrize(
    ("side", "factor"),
    [(335, 1), (671, 1), (672, 2), (1343, 2), (1344, 4), (2688, 8), (4000, 8)],
)
def test_jpeg_shrinks_while_it_decodes(tmp_path, side, factor):
    path = tmp_path / "photo.jpg"
    Image.new("L", (side, side + 50)).save(path)
    width, height = decode(path, INPUT_RULE).image.size
    assert (width, height) == (-(-side // factor), -(-(side + 50) // factor))


def test_only_jpeg_shrinks(tmp_path):
    path = tmp_path / "photo.png"
    Image.new("L", (1000, 900)).save(path)
    assert decode(path, INPUT_RULE).image.size == (1000, 900)


def test_shrunk_equals_whole(read):
    image = busy(3000, 2000)
    content = encoded(image, "JPEG")
    whole = np.asarray(image.resize((224, 224), Image.Resampling.BILINEAR), int)
    assert np.abs(read(content) - whole).mean() < 1.5


def _png_header(width, height):
    data = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunk = b"IHDR" + data
    return (
        b"\x89PNG\r\n\x1a\n"
        + struct.pack(">I", 13)
        + chunk
        + struct.pack(">I", zlib.crc32(chunk))
        + struct.pack(">I", 100)
        + b"IDAT"
    )


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty file"),
        (b"Dear diary, today", "not a photo"),
        (b"\0" * 5000, "not a photo"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n", "not a photo"),
        (encoded(busy(300, 300), "JPEG")[:-20000], "cut off: "),
        (encoded(busy(300, 300), "PNG")[:-40000], "cut off: "),
        (encoded(busy(300, 300), "WEBP")[:-4000], "broken"),
        (encoded(busy(300, 300), "HEIF")[:-4000], "broken"),
        (_png_header(20_000, 20_000), "too large .* 20000 x 20000 .* 220 megapixels"),
        (_png_header(30_000, 30_000), "too large"),
        (_png_header(9_000, 9_000), "too large .* 9000 x 9000 .* 64 megapixels"),
        (_png_header(100, 100), "cut off: 100 %"),
    ],
)
def test_unreadable_file_is_named_with_a_reason(tmp_path, content, reason):
    path = tmp_path / "photo.jpg"
    path.write_bytes(content)
    with pytest.raises(PhotoError, match=reason) as caught:
        read_pixels(path)
    assert caught.value.path == path
    assert str(caught.value).startswith(f"{path}: ")


def test_photos_of_current_phones_are_read(tmp_path):
    assert MAXIMUM_PIXELS > 16_320 * 12_240  # 200 megapixels
    path = tmp_path / "photo.jpg"
    Image.new("L", (12_000, 9_000), 77).save(path)
    assert (read_pixels(path) == 77).all()


def test_what_is_no_file_is_named(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(PhotoError, match="pipe: not a regular file"):
        read_pixels(pipe)
    with pytest.raises(PhotoError, match="not a regular file"):
        read_pixels(tmp_path)
    with pytest.raises(PhotoError, match="cannot be opened: No such file"):
        read_pixels(tmp_path / "absent.jpg")
