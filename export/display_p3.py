"""A colour profile for Display P3, the space of most phones' cameras."""

import struct

# Chromatic adaptation of the P3 primaries to the profile's D50 white, as in the ICC
# profile registry's description of Display P3; s15Fixed16 numbers.
COLUMNS = {
    b"rXYZ": (0.51512, 0.2412, -0.00105),
    b"gXYZ": (0.29198, 0.69225, 0.04189),
    b"bXYZ": (0.1571, 0.06657, 0.78407),
    b"wtpt": (0.9642, 1.0, 0.8249),
}
CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)
HEADER_SIZE = 128


def display_p3_profile() -> bytes:
    """Write an ICC version 4 profile: three primaries and the sRGB curve."""
    curve = b"para" + bytes(4) + struct.pack(">HH", 3, 0) + _fixed(*CURVE)
    tags = {
        b"desc": _text("Display P3"),
        b"cprt": _text("CC0"),
        **{name: b"XYZ " + bytes(4) + _fixed(*xyz) for name, xyz in COLUMNS.items()},
        **{name: curve for name in (b"rTRC", b"gTRC", b"bTRC")},
    }
    offset = HEADER_SIZE + 4 + 12 * len(tags)
    table, data = struct.pack(">I", len(tags)), b""
    for name, content in tags.items():
        table += name + struct.pack(">II", offset + len(data), len(content))
        data += content + bytes(-len(content) % 4)
    return _header(offset + len(data)) + table + data


def _header(size: int) -> bytes:
    header = struct.pack(">I4sI", size, bytes(4), 0x04000000)
    header += b"mntrRGB XYZ " + struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp"
    header = header.ljust(68, b"\0") + _fixed(0.9642, 1.0, 0.8249)
    return header.ljust(HEADER_SIZE, b"\0")


def _text(text: str) -> bytes:
    encoded = text.encode("utf-16-be")
    record = struct.pack(">II2s2sII", 1, 12, b"en", b"US", len(encoded), 28)
    return b"mluc" + bytes(4) + record + encoded


def _fixed(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)
