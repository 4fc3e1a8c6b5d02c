"""What HEIC and AVIF files say in boxes that their decoders do not ask.

The boxes are those of ISO/IEC 23008-12 (HEIF) and ISO/IEC 14496-12.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

# Boxes of properties and references come first and are small.
META_BYTES = 4_000_000
MAX_BOXES = 10_000

CropBox = tuple[int, int, int, int]


class _Box(NamedTuple):
    kind: bytes
    start: int  # of its content
    end: int


def preview(path: Path) -> bytes | None:
    """Return the file with its thumbnail as the primary picture; None without one.

    Phones store a picture of some hundred pixels beside a photo. Decoders show what
    the box `pitm` names.
    """
    try:
        content = bytearray(path.read_bytes())
        meta = _meta(content)
        primary = _find(content, meta, b"pitm")
        references = _find(content, meta, b"iref")
        place, size = _item_field(content, primary)
        shown = int.from_bytes(content[place : place + size], "big")
        wide = content[references.start] != 0
        for box in _boxes(content, references.start + 4, references.end):
            if box.kind != b"thmb":
                continue
            form = ">IHI" if wide else ">HHH"
            thumbnail, _, of = struct.unpack_from(form, content, box.start)
            if of == shown:
                content[place : place + size] = thumbnail.to_bytes(size, "big")
                # Else libheif would not list it among the pictures.
                content[box.start - 4 : box.start] = b"skip"
                return bytes(content)
    except (LookupError, struct.error, OverflowError):
        pass
    return None


def clean_aperture(path: Path) -> CropBox | None:
    """Return the part of an AVIF that is to be shown; None for all of it.

    libavif leaves the property `clap` to its callers.
    """
    with path.open("rb") as file:
        content = bytearray(file.read(META_BYTES))
    if b"clap" not in content:
        return None
    try:
        meta = _meta(content)
        place, size = _item_field(content, _find(content, meta, b"pitm"))
        primary = int.from_bytes(content[place : place + size], "big")
        properties = _find(content, meta, b"iprp")
        inside = properties._replace(start=properties.start - 4)  # no version
        container = _find(content, inside, b"ipco")
        boxes = list(_boxes(content, container.start, container.end))
        used = _associations(content, _find(content, inside, b"ipma"), primary)
        mine = {boxes[index - 1].kind: boxes[index - 1] for index in used if index}
        if b"clap" not in mine:
            return None
        width, height = struct.unpack_from(">II", content, mine[b"ispe"].start + 4)
        return _crop(content, mine[b"clap"], width, height)
    except (LookupError, struct.error, ZeroDivisionError):
        return None


def _crop(content: bytearray, box: _Box, width: int, height: int) -> CropBox | None:
    values = struct.unpack_from(">IIIIiIiI", content, box.start)
    wide, high, right, down = (
        values[n] / values[n + 1] for n in range(0, len(values), 2)
    )
    left = round((width - wide) / 2 + right)
    top = round((height - high) / 2 + down)
    crop = (left, top, left + round(wide), top + round(high))
    inside = 0 <= left < crop[2] <= width and 0 <= top < crop[3] <= height
    return crop if inside else None


def _associations(content: bytearray, box: _Box, item: int) -> list[int]:
    """Numbers of the properties of an item, from 1."""
    wide_items = content[box.start] >= 1
    wide_numbers = content[box.start + 3] & 1
    (count,) = struct.unpack_from(">I", content, box.start + 4)
    place = box.start + 8
    for _ in range(min(count, MAX_BOXES)):
        (found,) = struct.unpack_from(">I" if wide_items else ">H", content, place)
        place += 4 if wide_items else 2
        number = content[place]
        form, size, mask = (">H", 2, 0x7FFF) if wide_numbers else (">B", 1, 0x7F)
        start = place + 1
        place = start + size * number
        if found == item:
            return [
                struct.unpack_from(form, content, start + size * n)[0] & mask
                for n in range(number)
            ]
    return []


def _item_field(content: bytearray, box: _Box) -> tuple[int, int]:
    """Place and size of the item's number in `pitm`."""
    return box.start + 4, 2 if content[box.start] == 0 else 4


def _meta(content: bytearray) -> _Box:
    whole = _Box(b"", -4, len(content))
    return _find(content, whole, b"meta")


def _find(content: bytearray, parent: _Box, kind: bytes) -> _Box:
    """The first box of a kind in a box with a version."""
    for box in _boxes(content, parent.start + 4, parent.end):
        if box.kind == kind:
            return box
    raise LookupError(kind)


def _boxes(content: bytearray, start: int, end: int) -> Iterator[_Box]:
    for _ in range(MAX_BOXES):
        if start + 8 > end:
            return
        size, kind = struct.unpack_from(">I4s", content, start)
        header = 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", content, start + 8)
            header = 16
        stop = end if size == 0 else start + size
        if size and size < header:
            return
        yield _Box(kind, start + header, min(stop, end))
        start = stop
