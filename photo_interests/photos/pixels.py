"""Photo files to the bytes the extractor reads."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_interests.bundle.card_sections import Input
from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.photos.decode import decode
from photo_interests.photos.photo_error import PhotoError

__all__ = ["PhotoError", "read_pixels"]


def read_pixels(path: Path, rule: Input = INPUT_RULE) -> NDArray[np.uint8]:
    """Read a photo as the extractor wants it.

    Args:
        path: a photo of any kind that `decode` reads.
        rule: the `input` of the card the pixels are for.

    Returns:
        RGB bytes `(height, width, 3)`, squashed to size by a triangle filter that
        is as wide as the shrinking asks for.

    Raises:
        PhotoError: the file cannot be read as a photo.
    """
    image = decode(Path(path), rule)
    # Pillow's "bilinear" is that filter when it makes an image smaller.
    small = image.resize((rule.width, rule.height), Image.Resampling.BILINEAR)
    return np.array(small, dtype=np.uint8)
