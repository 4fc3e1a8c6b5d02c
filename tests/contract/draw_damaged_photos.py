"""Draw the damaged and odd photos that the tests of Python and of the app share.

    python -m tests.contract.draw_damaged_photos

Writes `damaged_photos/`. `damaged_photos.json` says what each file must give.
"""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import pillow_heif
from PIL import Image

from tests.photo_interests.drawn import (
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

FOLDER = Path(__file__).parent / "damaged_photos"
SIDE = 96
XMP = (
    b'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x="adobe:ns:meta/">'
    b'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<rdf:Description rdf:about="" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"'
    b' tiff:Orientation="6"/></rdf:RDF></x:xmpmeta>'
)
TEXT = b"edit history " * 120_000


def noisy(mode: str = "RGB") -> Image.Image:
    """Four colours with noise: a byte of the file is a place in the picture."""
    pixels = np.asarray(four_corners(SIDE, SIDE), np.int16)
    noise = np.random.default_rng(1).integers(-24, 25, pixels.shape)
    return Image.fromarray((pixels + noise).clip(0, 255).astype(np.uint8)).convert(mode)


def exif(*entries: tuple[int, int, int, int], order: str = "<") -> bytes:
    """An EXIF block of entries (tag, kind, count, value)."""
    body = b"".join(struct.pack(f"{order}HHIHH", *entry, 0) for entry in entries)
    head = (b"II*\0" if order == "<" else b"MM\0*") + struct.pack(f"{order}I", 8)
    return head + struct.pack(f"{order}H", len(entries)) + body + bytes(4)


TURNED = (0x112, 3, 1, 6)
BEYOND = (0x10F, 2, 0x7FFFFFF0, 26)


def jpegs() -> dict[str, bytes]:
    """JPEG files by name."""
    whole = encoded(noisy(), "JPEG", quality=85)
    half = len(whole) // 2
    grey = noisy()
    grey.paste((128, 128, 128), (0, SIDE // 2, SIDE, SIDE))
    grey_below = encoded(grey, "JPEG", quality=85)
    profile = encoded(noisy(), "JPEG", quality=85, icc_profile=swapped_profile())
    cmyk = encoded(noisy("CMYK"), "JPEG", quality=85)
    progressive = encoded(noisy(), "JPEG", quality=85, progressive=True)
    full = encoded(noisy(), "JPEG", progressive=True, subsampling="4:4:4")
    frame = full.index(b"\xff\xc2")
    huge = full[: frame + 5] + struct.pack(">HH", 13000, 16000) + full[frame + 9 :]
    tag = b"Exif\0\0"
    return {
        "jpeg_without_end.jpg": whole[:-2],
        "jpeg_20_bytes_short.jpg": whole[:-20],
        "jpeg_filled_with_zeros.jpg": whole[:-20] + bytes(500),
        "jpeg_cut_in_half.jpg": whole[:half],
        "jpeg_cut_in_half_with_zeros.jpg": whole[:half] + bytes(500),
        "jpeg_with_profile_cut_in_half.jpg": profile[: len(profile) - half],
        "jpeg_cmyk_cut_in_half.jpg": cmyk[: len(cmyk) // 2],
        "jpeg_progressive_20_bytes_short.jpg": progressive[:-20],
        "jpeg_grey_below.jpg": grey_below,
        "jpeg_grey_below_and_more_data.jpg": grey_below + b"motion photo" * 50,
        "jpeg_exif_6.jpg": with_segment(whole, tag + exif(TURNED)),
        "jpeg_exif_6_big_endian.jpg": with_segment(
            whole, tag + exif(TURNED, order=">")
        ),
        "jpeg_exif_9.jpg": with_segment(whole, tag + exif((0x112, 3, 1, 9))),
        "jpeg_exif_6_as_long.jpg": with_segment(whole, tag + exif((0x112, 4, 1, 6))),
        "jpeg_exif_6_beyond_its_end.jpg": with_segment(
            whole, tag + exif(TURNED, BEYOND)
        ),
        "jpeg_xmp_6.jpg": with_segment(whole, XMP),
        "jpeg_progressive_of_208_megapixels.jpg": huge,
        "jpeg_of_one_colour.jpg": encoded(Image.new("RGB", (96, 96), "navy"), "JPEG"),
    }


def pngs() -> dict[str, bytes]:
    """PNG files by name."""
    whole = encoded(noisy(), "PNG")
    plain = encoded(four_corners(SIDE, SIDE), "PNG")
    place = whole.index(b"IDAT") + 1000
    samples = np.full((SIDE, SIDE), 10_000, np.uint16)
    samples[: SIDE // 2, SIDE // 2 :] = 30_000
    samples[SIDE // 2 :, : SIDE // 2] = 50_000
    samples[SIDE // 2 :, SIDE // 2 :] = 10_001
    key = png_chunk(b"tRNS", struct.pack(">H", 10_000))
    colours = np.asarray(four_corners(SIDE, SIDE)).astype(np.uint16) * 257
    colour_key = png_chunk(
        b"tRNS", struct.pack(">HHH", *(257 * v for v in (220, 40, 40)))
    )
    grey = Image.new("L", (SIDE, SIDE), 55)
    grey.paste(200, (SIDE // 2, 0, SIDE, SIDE))
    grey.putalpha(255)
    clear = four_corners(SIDE, SIDE)
    clear.putalpha(0)
    strip = noisy().resize((300, 7))
    bad_text = png_chunk(b"tEXt", b"a\0b")[:-4] + bytes(4)
    long_text = png_chunk(b"zTXt", b"history\0\0" + zlib.compress(TEXT))
    big_profile = png_chunk(b"iCCP", b"big\0\0" + zlib.compress(bytes(3_000_000)))
    damaged_exif = png_chunk(b"eXIf", b"II*\0\xff\xff\xff\xff")
    return {
        "png_without_end.png": whole[:-12],
        "png_nearly_whole.png": whole[: -len(whole) // 40],
        "png_cut_in_half.png": whole[: len(whole) // 2],
        "png_long_text.png": with_chunk(plain, long_text),
        "png_wrong_checksum_of_text.png": with_chunk(plain, bad_text),
        "png_wrong_checksum_of_pixels.png": whole[:place] + b"?" + whole[place + 1 :],
        "png_profile_of_3_mb.png": with_chunk(plain, big_profile),
        "png_damaged_exif.png": with_chunk(plain, damaged_exif),
        "png_exif_6.png": with_chunk(plain, png_chunk(b"eXIf", exif(TURNED))),
        "png_exif_6_at_the_end.png": plain[:-12]
        + png_chunk(b"eXIf", exif(TURNED))
        + plain[-12:],
        "png_grey_16_bits_transparent.png": with_chunk(png_sixteen_bits(samples), key),
        "png_16_bits_transparent.png": with_chunk(
            png_sixteen_bits(colours), colour_key
        ),
        "png_grey_and_alpha_with_profile.png": encoded(
            grey, "PNG", icc_profile=linear_grey_profile()
        ),
        "png_of_one_colour.png": encoded(Image.new("RGB", (96, 96), "navy"), "PNG"),
        "png_all_transparent.png": encoded(clear, "PNG"),
        "png_strip.png": encoded(strip, "PNG"),
    }


def others() -> dict[str, bytes]:
    """Files of other kinds by name."""
    webp = encoded(noisy(), "WEBP", quality=60)
    gif = encoded(noisy().quantize(64), "GIF")
    bmp = encoded(noisy().resize((48, 48)), "BMP")
    numbers = np.linspace(0, 1, 32 * 32, dtype=np.float32).reshape(32, 32)
    apart = Image.new("RGB", (320, 280), (0, 200, 0))
    apart.paste((200, 0, 0), (40, 80, 130, 180))
    apart.paste((0, 0, 200), (130, 80, 220, 180))
    avif = encoded(apart, "AVIF", quality=60)
    small = BytesIO()
    pillow_heif.from_pillow(four_corners(320, 240)).save(
        small, thumbnails=[64], quality=50
    )
    heic = encoded(four_corners(160, 120), "HEIF", quality=50)
    turned = exif(TURNED)
    return {
        "webp_cut.webp": webp[: len(webp) * 2 // 3],
        "webp_exif_6.webp": encoded(
            four_corners(SIDE, SIDE), "WEBP", quality=60, exif=b"Exif\0\0" + turned
        ),
        "gif_cut.gif": gif[: len(gif) // 2],
        "gif_without_end.gif": gif[:-1],
        "bmp_cut.bmp": bmp[: len(bmp) // 2],
        "tiff_float.tif": encoded(Image.fromarray(numbers), "TIFF"),
        "avif_clean_aperture.avif": with_clean_aperture(avif, 180, 100, -30, -10),
        "heic_with_thumbnail.heic": small.getvalue(),
        "heic_cut.heic": heic[: len(heic) // 2],
    }


def main() -> None:
    """Write all files."""
    FOLDER.mkdir(exist_ok=True)
    files = {**jpegs(), **pngs(), **others()}
    for old in FOLDER.iterdir():
        if old.name not in files:
            old.unlink()
    for name, content in files.items():
        (FOLDER / name).write_bytes(content)


if __name__ == "__main__":
    main()
