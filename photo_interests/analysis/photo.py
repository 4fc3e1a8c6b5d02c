"""A photo as the analyzers get it: decoded once, resized once for each size."""

from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from photo_interests.analysis.card import AnalyzerCard
from photo_interests.analysis.rows import Content, Detection
from photo_interests.bundle.card_sections import Input
from photo_interests.photos.decode import decode
from photo_interests.photos.position import Position, read_position
from photo_interests.videos.frames import Video

Pixels = NDArray[np.uint8]
Color = tuple[int, int, int]
MAXIMUM_SHORT_SIDE = 2160
"""Pixels of the shorter side that a photo is enlarged to at most."""


class PhotoModels(Protocol):
    """What a bundle predicts for single photos."""

    @property
    def input(self) -> Input:
        """How the bundle's photos are decoded."""

    def extract(self, image: Image.Image) -> Pixels:
        """Return the stored features of an image, `(dimension,)`."""

    def classify(self, features: Pixels) -> Content:
        """Return what stored features show."""


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
        found: Card and row of each analyzer that ran on it before, by name.
    """

    def __init__(
        self,
        path: Path,
        image: Image.Image,
        models: PhotoModels,
        video: Video | None = None,
    ) -> None:
        """Hold a decoded photo.

        Args:
            path: File of the photo.
            image: Upright RGB image.
            models: Give features and kinds; each is called at most once.
            video: What `image` is a frame of; None for a photo.
        """
        self.path, self.image = path, image
        self.found: dict[str, tuple[AnalyzerCard, Any]] = {}
        self._models, self._video = models, video
        self._letterboxes: dict[tuple[int, Color], Letterbox] = {}

    def found_before(self, name: str, label: str) -> list[Detection]:
        """Return what an analyzer of things found; nothing if it did not run before.

        Args:
            name: Name of the analyzer.
            label: Id of the label of the things.
        """
        if name not in self.found:
            return []
        card, things = self.found[name]
        return [one for one in things if card.labels[one.label].id == label]

    @cached_property
    def position(self) -> Position | None:
        """Where the photo was taken; None where its file does not say it."""
        if self._video is not None:
            return self._video.position
        return read_position(self.path)

    @cached_property
    def features(self) -> Pixels:
        """Stored features of the photo, `(dimension,)`."""
        return self._models.extract(self.image)

    @cached_property
    def content(self) -> Content:
        """What the bundle's classifier sees on the photo."""
        return self._models.classify(self.features)

    def detailed(self, minimum_side: int) -> Image.Image:
        """Return the photo with more pixels, where its file has them.

        Args:
            minimum_side: Pixels of the shorter side that are wanted.

        Raises:
            PhotoError: The file cannot be decoded any more.
        """
        if self._video is not None or min(self.image.size) >= minimum_side:
            return self.image
        rule = self._models.input
        reduced = rule.reduced_decode.model_copy(update={"minimum_side": minimum_side})
        larger = rule.model_copy(update={"reduced_decode": reduced})
        return decode(self.path, larger).image

    def enlarged(self, pixels: float, wanted: float) -> Image.Image:
        """Return the photo with the pixels that a thing on it needs, if it has them.

        Args:
            pixels: Size of the thing on `image`, in pixels.
            wanted: Size that is needed.

        Raises:
            PhotoError: The file cannot be decoded any more.
        """
        side = min(self.image.size) * wanted / max(pixels, 1.0)
        return self.detailed(round(min(side, MAXIMUM_SHORT_SIDE)))

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
