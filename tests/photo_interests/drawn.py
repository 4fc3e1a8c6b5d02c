"""Photos made by code, in every kind of file that is read."""

import struct
import zlib
from io import BytesIO

import numpy as np
from PIL import Image, ImageCms

from photo_interests.photos import decode

CORNERS = ((220, 40, 40), (40, 200, 60), (50, 60, 210), (230, 220, 60))
assert decode.FORMATS  # importing it registers HEIC with Pillow
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
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
    return PNG_SIGNATURE + b"".join(png_chunk(kind, data) for kind, data in chunks)


def png_chunk(kind: bytes, data: bytes) -> bytes:
    """One chunk of a PNG, with its checksum."""
    checksum = struct.pack(">I", zlib.crc32(kind + data))
    return struct.pack(">I", len(data)) + kind + data + checksum


def with_chunk(png: bytes, chunk: bytes) -> bytes:
    """A PNG with one more chunk after its header."""
    return png[:33] + chunk + png[33:]


def with_segment(jpeg: bytes, body: bytes) -> bytes:
    """A JPEG with one more APP1 segment."""
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body + jpeg[2:]


def box(kind: bytes, body: bytes) -> bytes:
    """A box of HEIF."""
    return struct.pack(">I", 8 + len(body)) + kind + body


def with_clean_aperture(avif: bytes, width, height, right, down) -> bytes:
    """An AVIF of one picture that is to be cropped around a shifted centre."""
    values = (width, 1, height, 1, right, 1, down, 1)
    clap = box(b"clap", struct.pack(">IIIIiIiI", *values))
    content = bytearray(avif)
    ipma = content.index(b"ipma") - 4
    count = content[ipma + 8 + 4 + 4 + 2]  # of the properties of the first picture
    content[ipma + 18] = count + 1
    properties = content.index(b"ipco") - 4
    (size,) = struct.unpack_from(">I", content, properties)
    place, kinds = properties + 8, 0
    while place < properties + size:
        place += struct.unpack_from(">I", content, place)[0]
        kinds += 1
    content[ipma + 19 + count : ipma + 19 + count] = bytes([0x80 | (kinds + 1)])
    content[properties + size : properties + size] = clap
    grown = {b"ipco": len(clap), b"ipma": 1, b"iprp": len(clap) + 1}
    for kind, more in {**grown, b"meta": len(clap) + 1}.items():
        start = content.index(kind) - 4
        (old,) = struct.unpack_from(">I", content, start)
        struct.pack_into(">I", content, start, old + more)
    iloc = content.index(b"iloc") + 4
    assert content[iloc] == 0 and content[iloc + 4] == 0x44
    bases = content[iloc + 5] >> 4
    place = iloc + 8
    for _ in range(struct.unpack_from(">H", content, iloc + 6)[0]):
        place += 4 + bases
        (extents,) = struct.unpack_from(">H", content, place)
        place += 2
        for _ in range(extents):
            (offset,) = struct.unpack_from(">I", content, place)
            struct.pack_into(">I", content, place, offset + len(clap) + 1)
            place += 8
    return bytes(content)


def swapped_profile() -> bytes:
    """An ICC profile whose red is sRGB's blue: obeying it cannot be overlooked."""
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert srgb.count(b"rXYZ") == srgb.count(b"bXYZ") == 1
    return (
        srgb.replace(b"rXYZ", b"????")
        .replace(b"bXYZ", b"rXYZ")
        .replace(b"????", b"bXYZ")
    )


def linear_grey_profile() -> bytes:
    """A profile of grey whose samples are proportional to light."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    tags = [(b"kTRC", b"curv" + bytes(4) + struct.pack(">I", 0))]
    white = b"XYZ " + bytes(4) + struct.pack(">iii", 63190, 65536, 54061)
    tags.append((b"wtpt", white))
    head = bytes(profile[:16]) + b"GRAYXYZ " + bytes(profile[24:128])
    place = 128 + 4 + 12 * len(tags)
    table, bodies = struct.pack(">I", len(tags)), b""
    for name, body in tags:
        table += name + struct.pack(">II", place + len(bodies), len(body))
        bodies += body
    whole = head + table + bodies
    return struct.pack(">I", len(whole)) + whole[4:]


def repeated_scans(times: int, width=4000, height=3000) -> bytes:
    """A progressive JPEG whose last scan comes again and again: small and slow."""
    content = encoded(Image.new("L", (width, height), 120), "JPEG", progressive=True)
    starts = [n for n in range(len(content)) if content[n : n + 2] == b"\xff\xda"]
    tables = content.rfind(b"\xff\xc4", starts[-2], starts[-1])
    last = content[tables if tables > 0 else starts[-1] : -2]
    return content[:-2] + last * times + b"\xff\xd9"
