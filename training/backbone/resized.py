"""The same photos, smaller."""

import numpy as np
from PIL import Image


def resized(photos: np.ndarray, size: int) -> np.ndarray:
    """Resize packed photos by the triangle filter, as photo files are.

    Args:
        photos: uint8 `(photos, height, width, 3)`.
        size: Height and width wanted.
    """
    wanted = (size, size)
    if photos.shape[1:3] == wanted:
        return photos
    small = [
        np.asarray(Image.fromarray(photo).resize(wanted, Image.Resampling.BILINEAR))
        for photo in photos
    ]
    return np.stack(small) if small else np.empty((0, *wanted, 3), np.uint8)
