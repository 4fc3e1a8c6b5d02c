"""The text on a photo, where its kind lets one expect any."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image

from photo_interests.analysis.card import load_analyzer
from photo_interests.analysis.photo import DecodedPhoto, fit_into
from photo_interests.analysis.pixel_model import PixelModel
from photo_interests.analysis.rows import Box, TextLine, TextRow
from photo_interests.analysis.text.line_finder import FoundLine, find_lines
from photo_interests.analysis.text.line_reader import STRETCH, LineReader
from photo_interests.analysis.text.private_numbers import without_private_numbers
from photo_interests.bundle.card import CardError

NAME = "text"
MINIMUM_SIDE = 1280
"""Pixels of the shorter side at which text is read, where the file has them."""
SIDE_STEP = 32
"""Sides of a picture are rounded up to a multiple: the detector halves them five
times. It takes less than its square, and then less time."""
MAXIMUM_LINES = 100
"""Lines that are read of a photo, largest first: a page of a book has 40."""


class TextReader:
    """Finds lines of text and reads them."""

    def __init__(self, folder: Path, stretch: float = STRETCH) -> None:
        """Load detector and recogniser and compare them with the card.

        Args:
            folder: Folder of the card and the models.
            stretch: How much wider than high a line is read.

        Raises:
            CardError: The card is invalid, or a model differs from it.
        """
        self._card = load_analyzer(folder, NAME)
        self._detector = PixelModel(folder, self._card)
        shape = self._detector.run.get_output_details()["probability"]["shape"]
        if len(shape) != 4:
            raise CardError(
                f"{folder}: expected a map (1, height, width, 1), received {shape}; "
                "install it again: python -m export third-party text"
            )
        self._read = LineReader(folder, stretch)

    def __call__(self, photo: DecodedPhoto) -> TextRow:
        """Read a photo, if it is of a kind on which text is expected."""
        if not self.expects_text(photo):
            return TextRow(gated=True, lines=())
        return TextRow(gated=False, lines=self.read(photo.detailed(MINIMUM_SIDE)))

    def expects_text(self, photo: DecodedPhoto) -> bool:
        """Whether the classifier of photos sees a kind that has text."""
        return self._card.is_open(photo.content.kinds)

    def read(self, image: Image.Image) -> tuple[TextLine, ...]:
        """Read all lines of an image, whatever it shows.

        Args:
            image: Upright RGB image.
        """
        thresholds, rule = self._card.thresholds, self._detector.input
        fitted = fit_into(image, rule.side, rule.background)
        height, width = (
            -(-side // SIDE_STEP) * SIDE_STEP for side in (fitted.height, fitted.width)
        )
        pixels = fitted.pixels[None, :height, :width]
        probability = self._detector.run(pixels=pixels)["probability"][0, ..., 0]
        probability = probability[: fitted.height, : fitted.width]
        found = find_lines(probability, thresholds["pixel"], thresholds["line"])
        largest = sorted(found, key=lambda line: -float(np.abs(line.across).sum()))
        scale = np.array(
            [image.width / fitted.width, image.height / fitted.height], np.float32
        )
        ordered = _in_order(largest[:MAXIMUM_LINES])
        read = self._read([_straight(image, line, scale) for line in ordered])
        lines = []
        for line, (text, score) in zip(ordered, read, strict=True):
            if text and score >= thresholds["text"]:
                corners = line.corners / (fitted.width, fitted.height)
                lines.append(TextLine(text, score, _box(corners)))
        return _without_private_numbers(lines)


def _without_private_numbers(lines: list[TextLine]) -> tuple[TextLine, ...]:
    """Mask them in all lines together: a card has its number on several."""
    if not lines:
        return ()
    texts = without_private_numbers("\n".join(line.text for line in lines)).split("\n")
    return tuple(
        replace(line, text=text) for line, text in zip(lines, texts, strict=True)
    )


def _in_order(lines: list[FoundLine]) -> list[FoundLine]:
    """Rows from top to bottom, each from left to right."""
    rows: list[list[FoundLine]] = []
    for line in sorted(lines, key=lambda one: float(one.middle[1])):
        if rows:
            first = rows[-1][0]
            half = float(np.abs(first.across[1]))
            if abs(float(line.middle[1] - first.middle[1])) < half * 0.7:
                rows[-1].append(line)
                continue
        rows.append([line])
    return [
        one for row in rows for one in sorted(row, key=lambda x: float(x.middle[0]))
    ]


def _straight(image: Image.Image, line: FoundLine, scale: np.ndarray) -> Image.Image:
    """Cut a line out of an image and turn it level."""
    middle, along, across = (
        part * scale for part in (line.middle, line.along, line.across)
    )
    width = max(1, round(2 * float(np.linalg.norm(along))))
    height = max(1, round(2 * float(np.linalg.norm(across))))
    right, down = 2 * along / width, 2 * across / height
    left, top = middle - along - across
    return image.transform(
        (width, height),
        Image.Transform.AFFINE,
        (right[0], down[0], left, right[1], down[1], top),
        Image.Resampling.BICUBIC,
        fillcolor=(127, 127, 127),
    )


def _box(corners: np.ndarray) -> Box:
    """The upright rectangle around a line, in shares of the photo."""
    low = np.clip(corners.min(axis=0), 0, 1)
    high = np.clip(corners.max(axis=0), 0, 1)
    left, top, right, bottom = (float(x) for x in (*low, *high))
    return Box(left, top, right - left, bottom - top)
