"""The rule for damaged and odd files: docs/decisions/0021-damaged-and-odd-files.md."""

import struct
import zlib

import numpy as np
import pillow_heif
import pytest
from PIL import Image

from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.photos import colours, decode
from photo_interests.photos.orientation import exif_orientation
from photo_interests.photos.pixels import PhotoError, read_pixels
from tests.photo_interests.drawn import (
    CORNERS,
    busy,
    corner_colours,
    encoded,
    four_corners,
    linear_grey_profile,
    png_chunk,
    png_sixteen_bits,
    swapped_profile,
    with_chunk,
    with_clean_aperture,
    with_segment,
)

JPEG = encoded(busy(640, 480), "JPEG")
PNG = encoded(busy(640, 480), "PNG")
TEXT = b"edit history " * 120_000


@pytest.fixture
def read(tmp_path):
    def read_content(content):
        path = tmp_path / "photo"
        path.write_bytes(content)
        return read_pixels(path)

    return read_content


def assert_same(received, expected, tolerance=0.0):
    assert np.abs(received.astype(int) - expected).mean() <= tolerance


# What is nearly whole is read.


@pytest.mark.parametrize("missing", [1, 2, 3, 20, 200])
@pytest.mark.parametrize("options", [{}, {"progressive": True}])
def test_a_jpeg_without_its_last_bytes_is_read(read, missing, options):
    content = encoded(busy(640, 480), "JPEG", **options)
    assert_same(read(content[:-missing]), read(content), tolerance=1.5)


def test_a_jpeg_filled_up_with_zeros_is_read(read):
    assert_same(read(JPEG[:-50] + bytes(5000)), read(JPEG), tolerance=1.5)


def test_a_large_jpeg_without_its_end_is_read_reduced(read):
    content = encoded(busy(3000, 2000), "JPEG")
    assert_same(read(content[:-2]), read(content))


def test_a_png_without_its_last_bytes_is_read(read):
    for missing in (1, 4, 12, 20):  # of the end, and of the checksum before it
        assert_same(read(PNG[:-missing]), read(PNG))
    assert_same(read(PNG[: -len(PNG) // 40]), read(PNG), tolerance=2)


# What is cut is refused by name.


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.8])
def test_what_is_cut_off_is_refused(read, share):
    for content in (JPEG, PNG):
        with pytest.raises(PhotoError, match=r"cut off: \d+ % of the rows are missing"):
            read(content[: int(share * len(content))])
    for kind in ("WEBP", "HEIF", "AVIF", "GIF"):
        content = encoded(busy(640, 480), kind)
        with pytest.raises(PhotoError, match="broken|not a photo"):
            read(content[: int(share * len(content))])


def test_a_grey_photo_is_not_taken_for_a_cut_one(read):
    image = busy(640, 480)
    image.paste((128, 128, 128), (0, 300, 640, 480))
    content = encoded(image, "JPEG")
    assert_same(read(content), np.asarray(image.resize((224, 224))), tolerance=4)


def test_damaged_pixels_of_a_png_are_refused(read):
    place = PNG.index(b"IDAT") + 1000
    with pytest.raises(PhotoError, match="broken: wrong checksum of IDAT"):
        read(PNG[:place] + b"?" + PNG[place + 1 :])


# Side data never decides.


@pytest.mark.parametrize(
    "chunk",
    [
        png_chunk(b"iTXt", b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(TEXT)),
        png_chunk(b"zTXt", b"history\0\0" + zlib.compress(TEXT)),
        png_chunk(b"tEXt", b"a\0b")[:-4] + bytes(4),
        png_chunk(b"iCCP", b"big\0\0" + zlib.compress(bytes(3_000_000))),
        png_chunk(b"iCCP", b"odd\0\7" + zlib.compress(b"profile")),
        png_chunk(b"eXIf", b"II*\0\xff\xff\xff\xff"),
        png_chunk(b"gAMA", b"")[:-4] + bytes(4),
    ],
    ids=["text", "packed text", "checksum", "profile", "method", "exif", "gamma"],
)
def test_chunks_beside_the_pixels_never_refuse_a_png(read, chunk):
    assert_same(read(with_chunk(PNG, chunk)), read(PNG))


def test_a_damaged_chunk_leaves_the_others_their_meaning(read):
    content = encoded(four_corners(), "PNG", icc_profile=swapped_profile())
    pixels = read(with_chunk(content, png_chunk(b"tEXt", b"a\0b")[:-4] + bytes(4)))
    swapped = [colour[::-1] for colour in CORNERS]
    np.testing.assert_allclose(corner_colours(pixels), swapped, atol=6)


def exif(*entries, order="<"):
    """An EXIF block of entries (tag, kind, count, value)."""
    form = f"{order}HHIHH"
    body = b"".join(struct.pack(form, *entry, 0) for entry in entries)
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    return b"Exif\0\0" + head + struct.pack(f"{order}H", len(entries)) + body


def test_an_exif_count_of_2_gb_is_damage(read):
    block = exif((0x112, 3, 1, 6), (0x10F, 2, 0x7FFFFFF0, 26))
    assert_same(read(with_segment(JPEG, block)), read(JPEG))


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("value", range(10))
def test_orientation_of_exif(order, value):
    expected = value if 1 <= value <= 8 else 1
    assert exif_orientation(exif((0x112, 3, 1, value), order=order)) == expected
    assert exif_orientation(exif((0x112, 3, 1, value), order=order)[:-3]) == 1


def test_orientation_of_xmp_alone_is_not_obeyed(read):
    xmp = (
        b'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"'
        b' tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>'
    )
    content = with_segment(encoded(four_corners(), "JPEG"), xmp)
    np.testing.assert_allclose(corner_colours(read(content)), CORNERS, atol=6)


# Odd pixels are right, or named.


def test_a_transparent_grey_of_16_bits(read):
    samples = np.tile(np.linspace(0, 65535, 640).astype(np.uint16), (480, 1))
    plain = read(png_sixteen_bits(samples))
    assert plain[:, 0].mean() < 2 and plain[:, -1].mean() > 253
    key = png_chunk(b"tRNS", struct.pack(">H", int(samples[0, 0])))
    pixels = read(with_chunk(png_sixteen_bits(samples), key))
    assert np.abs(pixels[:, 5:].astype(int) - plain[:, 5:]).max() <= 1
    assert pixels[0, 0, 0] > 50  # the background shines through


def test_a_transparent_colour_of_16_bits(read):
    samples = np.asarray(four_corners()).astype(np.uint16) * 257
    key = png_chunk(b"tRNS", struct.pack(">HHH", 56540, 1000, 1000))
    pixels = read(with_chunk(png_sixteen_bits(samples), key))
    np.testing.assert_allclose(corner_colours(pixels), CORNERS, atol=1)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("float32", "floating-point"), ("int32", "32-bit integers")],
)
def test_pixels_without_a_range_are_named(read, kind, reason):
    image = Image.fromarray(np.linspace(0, 1, 640 * 480).reshape(480, 640).astype(kind))
    with pytest.raises(PhotoError, match=f"unsupported: .*{reason}"):
        read(encoded(image, "TIFF"))


def test_grey_with_transparency_obeys_its_profile(read):
    profile = linear_grey_profile()
    grey = Image.new("L", (60, 60), 55)
    expected = read(encoded(grey, "PNG", icc_profile=profile))
    assert expected.mean() > 100  # linear light of .21 is medium grey
    grey.putalpha(255)
    assert_same(read(encoded(grey, "PNG", icc_profile=profile)), expected)


def test_the_clean_aperture_of_an_avif_is_what_is_shown(read):
    image = Image.new("RGB", (320, 280), (0, 200, 0))
    image.paste((200, 0, 0), (40, 80, 130, 180))
    image.paste((0, 0, 200), (130, 80, 220, 180))
    content = encoded(image, "AVIF", quality=95)
    pixels = read(with_clean_aperture(content, 180, 100, -30, -10))
    np.testing.assert_allclose(pixels[112, 30], (200, 0, 0), atol=12)
    np.testing.assert_allclose(pixels[112, 194], (0, 0, 200), atol=12)
    assert (pixels[..., 1] < 60).mean() > 0.97
    outside = with_clean_aperture(content, 400, 100, 0, 0)
    assert (read(outside)[..., 1] > 150).mean() > 0.5


def test_a_huge_heic_is_read_by_its_small_picture(tmp_path, monkeypatch):
    path = tmp_path / "photo.heic"
    pillow_heif.from_pillow(four_corners(1200, 900)).save(path, thumbnails=[256])
    whole = read_pixels(path)
    monkeypatch.setattr(decode, "MAXIMUM_DECODED_PIXELS", 500_000)
    assert decode.decode(path, INPUT_RULE).image.size == (256, 192)
    np.testing.assert_allclose(
        corner_colours(read_pixels(path)), corner_colours(whole), atol=10
    )
    path.write_bytes(encoded(four_corners(1200, 900), "HEIF"))
    with pytest.raises(PhotoError, match="too large to decode: 1200 x 900"):
        read_pixels(path)


def test_a_raw_photo_is_read_by_its_preview_or_named(read):
    dng = {50706: b"\1\4\0\0"}
    preview = encoded(four_corners(), "TIFF", tiffinfo={**dng, 254: 1})
    np.testing.assert_allclose(corner_colours(read(preview)), CORNERS, atol=6)
    with pytest.raises(PhotoError, match="unsupported: a raw photo without a preview"):
        read(encoded(four_corners(), "TIFF", tiffinfo={**dng, 254: 0}))


# Memory is bounded.


def test_a_progressive_jpeg_that_needs_too_much_memory_is_named(read, monkeypatch):
    content = encoded(busy(640, 480), "JPEG", progressive=True, subsampling="4:4:4")
    assert read(content).shape == (224, 224, 3)
    monkeypatch.setattr(decode, "MAXIMUM_COEFFICIENT_BYTES", 640 * 480 * 6 - 1)
    with pytest.raises(PhotoError, match="a progressive JPEG of 640 x 480 .* 1 MB"):
        read(content)
    assert read(JPEG).shape == (224, 224, 3)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "LA", "L", "P", "CMYK"])
def test_strips_give_what_the_whole_gives(mode, monkeypatch):
    monkeypatch.setattr(colours, "STRIP_PIXELS", 1000)
    image = busy(403, 301).convert(mode)
    if mode == "RGBA":
        image.putalpha(busy(403, 301, seed=1).convert("L"))
    image.info["icc_profile"] = swapped_profile()
    whole = colours.to_srgb(image, (255, 255, 255), 1).reduce(4)
    strips = colours.to_srgb(image, (255, 255, 255), 4)
    np.testing.assert_array_equal(np.asarray(strips), np.asarray(whole))


def test_a_large_png_is_reduced(tmp_path, monkeypatch):
    monkeypatch.setattr(decode, "MAXIMUM_COPIED_PIXELS", 500_000)
    path = tmp_path / "photo.png"
    busy(1000, 900).save(path)
    assert decode.decode(path, INPUT_RULE).image.size == (500, 450)
    expected = np.asarray(busy(1000, 900).resize((224, 224)), int)
    assert np.abs(read_pixels(path) - expected).mean() < 2.5
