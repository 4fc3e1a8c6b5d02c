"""A photo as the analyzers get it: decoded once, resized once for each size."""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_interests.analysis.place.position import Position, read_position

Pixels = NDArray[np.uint8]
Color = tuple[int, int, int]


class Letterbox(NamedTuple):
    """A photo fitted into a square: its longer side fills it, the rest is one colour.

    Attributes:
        pixels: RGB bytes `(side, side, 3)`; the photo is at the top left.
        width: Width of the photo in it, in pixels.
        height: Height of the photo in it, in pixels.
    """

    pixels: Pixels
    width: int
    height: int


class DecodedPhoto:
    """What the analyzers of a photo share.

    Attributes:
        path: File of the photo.
        image: Upright RGB image.
    """

    def __init__(
        self,
        path: Path,
        image: Image.Image,
        extract: Callable[[Image.Image], Pixels],
    ) -> None:
        """Hold a decoded photo.

        Args:
            path: File of the photo.
            image: Upright RGB image.
            extract: Gives the stored features of an image; called at most once.
        """
        self.path, self.image = path, image
        self._extract = extract
        self._letterboxes: dict[tuple[int, Color], Letterbox] = {}

    @cached_property
    def position(self) -> Position | None:
        """Where the photo was taken; None where its file does not say it."""
        return read_position(self.path)

    @cached_property
    def features(self) -> Pixels:
        """Stored features of the photo, `(dimension,)`."""
        return self._extract(self.image)

    def letterbox(self, side: int, background: Color) -> Letterbox:
        """Fit the photo into a square.

        Args:
            side: Side of the square in pixels.
            background: RGB bytes of what the photo does not cover.
        """
        key = (side, background)
        if key not in self._letterboxes:
            self._letterboxes[key] = fit_into(self.image, side, background)
        return self._letterboxes[key]


def fit_into(image: Image.Image, side: int, background: Color) -> Letterbox:
    """Fit an image into a square, by a triangle filter as wide as the reduction.

    Args:
        image: RGB image of any size.
        side: Side of the square in pixels.
        background: RGB bytes of what the image does not cover.
    """
    scale = side / max(image.size)
    width, height = (max(1, min(side, round(length * scale))) for length in image.size)
    square = Image.new("RGB", (side, side), background)
    square.paste(image.resize((width, height), Image.Resampling.BILINEAR), (0, 0))
    return Letterbox(np.array(square, dtype=np.uint8), width, height)
