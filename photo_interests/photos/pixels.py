"""Photo files to the bytes the extractor reads."""

from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_interests.bundle.card_sections import Input
from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.photos.decode import decode
from photo_interests.photos.photo_error import PhotoError

__all__ = ["PhotoError", "check_evidence", "read_pixels", "resize"]

MIN_SIDE = 8
"""Pixels. A strip below this shows nothing, whatever a network predicts."""


def read_pixels(path: Path, rule: Input = INPUT_RULE) -> NDArray[np.uint8]:
    """Read a photo as the extractor wants it.

    Args:
        path: Photo of any kind that `decode` reads.
        rule: `input` section of the card the pixels are for.

    Returns:
        RGB bytes `(height, width, 3)`.

    Raises:
        PhotoError: The file cannot be read as a photo.
    """
    return resize(decode(Path(path), rule).image, rule)


def resize(image: Image.Image, rule: Input) -> NDArray[np.uint8]:
    """Squash an image to the size of the extractor's input.

    Args:
        image: RGB image of any size.
        rule: `input` section of the card.

    Returns:
        RGB bytes `(height, width, 3)`, by a triangle filter that is as wide as the
        reduction requires.
    """
    # Pillow's "bilinear" is that filter when it makes an image smaller.
    small = image.resize((rule.width, rule.height), Image.Resampling.BILINEAR)
    return np.array(small, dtype=np.uint8)


def check_evidence(path: Path, image: Image.Image) -> None:
    """Check that an image shows anything at all.

    Args:
        path: File, for the error.
        image: Decoded RGB image.

    Raises:
        PhotoError: It is a strip of a few pixels, or of one colour.
    """
    if min(image.size) < MIN_SIDE:
        raise PhotoError(
            path,
            f"nothing to see: {image.width} x {image.height} pixels, expected at "
            f"least {MIN_SIDE} on each side",
        )
    if image.getpixel((0, 0)) == image.getpixel((image.width - 1, image.height - 1)):
        # Only then the whole is looked at.
        bands = cast(tuple[tuple[int, int], ...], image.getextrema())
        if all(low == high for low, high in bands):
            raise PhotoError(path, "nothing to see: all of one colour")
