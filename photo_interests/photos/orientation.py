"""The orientation that a photo's EXIF block gives."""

import struct

ORIENTATION = 0x0112
SHORT = 3
# Bytes of a value, by its kind (TIFF 6.0, and EXIF 3.0 for 13 and 129).
SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
SIZES |= {13: 4, 129: 1}
UPRIGHT = 1


def exif_orientation(block: bytes) -> int:
    """Return how the picture is stored, 1 to 8.

    A block with an entry that reaches beyond its end is damaged, and not obeyed. XMP is
    not read: editors rotate pixels and leave it as it was.

    Args:
        block: EXIF, with or without the six bytes before its TIFF header.

    Returns:
        1 (upright) where the block gives none, or is damaged.
    """
    block = block.removeprefix(b"Exif\0\0")
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    orientation = UPRIGHT
    if order is None:
        return UPRIGHT
    try:
        (start,) = struct.unpack_from(f"{order}I", block, 4)
        (count,) = struct.unpack_from(f"{order}H", block, start)
        for entry in range(start + 2, start + 2 + 12 * count, 12):
            tag, kind, number = struct.unpack_from(f"{order}HHI", block, entry)
            size = SIZES.get(kind, 0) * number
            if size > 4:
                (place,) = struct.unpack_from(f"{order}I", block, entry + 8)
                if place + size > len(block):
                    return UPRIGHT
            if (tag, kind, number) == (ORIENTATION, SHORT, 1):
                (orientation,) = struct.unpack_from(f"{order}H", block, entry + 8)
    except struct.error:
        return UPRIGHT
    return orientation if 1 <= orientation <= 8 else UPRIGHT
