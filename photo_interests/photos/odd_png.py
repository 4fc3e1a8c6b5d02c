"""PNG files with odd or damaged chunks beside the pixels, or whose end is missing."""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from photo_interests.photos.cut_jpeg import MAX_MISSING
from photo_interests.photos.photo_error import PhotoError

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CRITICAL = (b"IHDR", b"PLTE", b"IDAT", b"IEND")
# Text, times and private chunks decide nothing about the pixels.
KEPT = (*CRITICAL, b"tRNS", b"iCCP", b"eXIf")
MAX_PROFILE_BYTES = 1_000_000
MAX_RAW_BYTES = 256_000_000
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # in a pixel, by colour type
UP = 2  # the filter that repeats the row above where its bytes are 0


class _Chunk(NamedTuple):
    kind: bytes
    body: bytes
    whole: bool


def essential(path: Path) -> bytes | None:
    """Return a PNG of the chunks that make its pixels; None for other files.

    Where the end is missing, the last row is repeated for what is missing.

    Raises:
        PhotoError: More than a sixteenth of the rows is missing.
        ValueError: A chunk that makes pixels is damaged.
    """
    content = path.read_bytes() if _is_png(path) else b""
    if not content:
        return None
    chunks = list(_chunks(content))
    if not chunks or chunks[0].kind != b"IHDR" or not chunks[0].whole:
        raise ValueError("no header")
    parts = [_encoded(chunk) for chunk in chunks if chunk.kind not in CRITICAL[2:]]
    pixels = b"".join(chunk.body for chunk in chunks if chunk.kind == b"IDAT")
    if not (chunks[-1].kind == b"IEND" and all(chunk.whole for chunk in chunks)):
        pixels = _completed(path, chunks[0].body, pixels)
    parts += [_encoded(_Chunk(b"IDAT", pixels, True))]
    return SIGNATURE + b"".join(parts) + _encoded(_Chunk(b"IEND", b"", True))


def _is_png(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(8) == SIGNATURE


def _chunks(content: bytes) -> Iterator[_Chunk]:
    """Yield the chunks worth keeping; the last may be cut off."""
    place = len(SIGNATURE)
    while place + 8 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, place)
        body = content[place + 8 : place + 8 + length]
        checksum = content[place + 8 + length : place + 12 + length]
        whole = len(checksum) == 4
        right = whole and checksum == struct.pack(">I", zlib.crc32(kind + body))
        place += 12 + length
        if kind in CRITICAL and whole and not right:
            raise ValueError(f"wrong checksum of {kind.decode('ascii', 'replace')}")
        if kind in CRITICAL or (kind in KEPT and right and _is_bounded(kind, body)):
            yield _Chunk(kind, body, whole)
        if kind == b"IEND":
            return


def _is_bounded(kind: bytes, body: bytes) -> bool:
    """Whether a profile is small enough to be obeyed."""
    if kind != b"iCCP":
        return True
    _, _, packed = body.partition(b"\0")
    if packed[:1] != b"\0":  # no known way to unpack it
        return False
    try:
        unpacker = zlib.decompressobj()
        unpacker.decompress(packed[1:], MAX_PROFILE_BYTES)
    except zlib.error:
        return False
    return unpacker.eof


def _completed(path: Path, header: bytes, pixels: bytes) -> bytes:
    """Complete the compressed rows."""
    width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", header)
    row = 1 + (width * depth * SAMPLES.get(colour, 1) + 7) // 8
    if interlaced or row * height > MAX_RAW_BYTES:
        raise ValueError("cut off")
    raw = zlib.decompressobj().decompress(pixels, row * height)
    rows = len(raw) // row
    if height - rows > MAX_MISSING * height:
        share = round(100 * (height - rows) / height)
        raise PhotoError(path, f"cut off: {share} % of the rows are missing")
    repeated = bytes([UP]) + bytes(row - 1)
    return zlib.compress(raw[: rows * row] + repeated * (height - rows), 1)


def _encoded(chunk: _Chunk) -> bytes:
    checksum = zlib.crc32(chunk.kind + chunk.body)
    return (
        struct.pack(">I", len(chunk.body))
        + chunk.kind
        + chunk.body
        + struct.pack(">I", checksum)
    )
