"""JPEG files whose end is missing.

libjpeg fills what is missing with medium grey. Where that is a strip at the bottom, the
photo is as good as whole, and every viewer shows it.
"""

from pathlib import Path

import numpy as np
from PIL import Image

from photo_interests.photos.photo_error import PhotoError

START, END = b"\xff\xd8\xff", b"\xff\xd9"
MAX_MISSING = 1 / 16
"""Share of the rows that may be missing."""
FILL = (127, 128)


def completed(path: Path) -> bytes | None:
    """Return a JPEG whose end is missing with an end; None for other files.

    Interrupted copies are often filled up with zeros, which are dropped.
    """
    with path.open("rb") as file:
        if file.read(3) != START:
            return None
        file.seek(0)
        content = file.read().rstrip(b"\0")
    return None if content.endswith(END) else content + END


def check_rows(path: Path, image: Image.Image) -> None:
    """Check how much of a completed JPEG is missing.

    Args:
        path: File, for the error.
        image: Decoded from what `completed` returned.

    Raises:
        PhotoError: More than `MAX_MISSING` of the rows.
    """
    if image.format not in ("JPEG", "MPO"):
        return
    rows = np.asarray(image).reshape(image.height, -1)
    last = np.flatnonzero(~np.isin(rows, FILL).all(axis=1))
    missing = image.height - 1 - int(last[-1]) if len(last) else image.height
    if missing > MAX_MISSING * image.height:
        share = round(100 * missing / image.height)
        raise PhotoError(path, f"cut off: {share} % of the rows are missing")
