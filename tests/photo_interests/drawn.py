"""Photos made by code, in every kind of file that is read."""

import struct
import zlib
from io import BytesIO

import numpy as np
from PIL import Image, ImageCms

from photo_interests.photos import decode

CORNERS = ((220, 40, 40), (40, 200, 60), (50, 60, 210), (230, 220, 60))
assert decode.FORMATS  # importing it registers HEIC with Pillow
LOSSY = {"JPEG": {"quality": 95}, "WEBP": {"quality": 95}, "HEIF": {"quality": 90}}


def four_corners(width=600, height=480, mode="RGB") -> Image.Image:
    """Red, green / blue, yellow: no two ways to hold it look alike."""
    image = Image.new("RGB", (width, height))
    for index, colour in enumerate(CORNERS):
        row, column = divmod(index, 2)
        box = (
            column * width // 2,
            row * height // 2,
            (column + 1) * width // 2,
            (row + 1) * height // 2,
        )
        image.paste(colour, box)
    return image.convert(mode)


def corner_colours(pixels: np.ndarray) -> np.ndarray:
    """Colours `(4, 3)` in the middle of each quarter of `(224, 224, 3)`."""
    return pixels[[56, 56, 168, 168], [56, 168, 56, 168]].astype(int)


def busy(width, height, seed=0) -> Image.Image:
    """Shapes at every scale with noise on top, like a photo."""
    generator = np.random.default_rng(seed)
    total = np.zeros((height, width, 3), np.float32)
    for cells in (3, 9, 40, 160):
        coarse = generator.uniform(0, 255, (cells, cells, 3)).astype(np.uint8)
        layer = Image.fromarray(coarse).resize(
            (width, height), Image.Resampling.BICUBIC
        )
        total += np.asarray(layer, np.float32) / 4
    total += generator.normal(0, 4, total.shape).astype(np.float32)
    return Image.fromarray(total.clip(0, 255).astype(np.uint8))


def encoded(image: Image.Image, kind: str, **options) -> bytes:
    content = BytesIO()
    image.save(content, kind, **{**LOSSY.get(kind, {}), **options})
    return content.getvalue()


def png_sixteen_bits(samples: np.ndarray) -> bytes:
    """A 16-bit PNG, which Pillow reads but does not write: grey or RGB."""
    height, width = samples.shape[:2]
    colour_type = 0 if samples.ndim == 2 else 2
    rows = samples.astype(">u2").reshape(height, -1)
    raw = b"".join(b"\0" + row.tobytes() for row in rows)
    header = struct.pack(">IIBBBBB", width, height, 16, colour_type, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(raw)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data))
        + kind
        + data
        + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )


def swapped_profile() -> bytes:
    """An ICC profile whose red is sRGB's blue: obeying it cannot be overlooked."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert srgb.count(b"rXYZ") == srgb.count(b"bXYZ") == 1
    return (
        srgb.replace(b"rXYZ", b"????")
        .replace(b"bXYZ", b"rXYZ")
        .replace(b"????", b"bXYZ")
    )
