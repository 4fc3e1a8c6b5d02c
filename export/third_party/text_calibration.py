"""Pictures that set the ranges of the detector of text in int8."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image

from export.third_party.drawn_text import FONTS, draw_lines
from photo_interests.analysis.photo import fit_into

PICTURES = 12
SEED = 0
LINES = (
    "The quick brown fox jumps",
    "Lorem ipsum dolor sit",
    "MENU 12.50",
    "Kaffee und Kuchen",
    "OPEN 24 HOURS",
    "No parking",
    "Invoice 2026-11",
)
"""None of these is on pictures that measure how well text is read."""


def pictures(side: int, background: tuple[int, int, int]) -> Iterator[list[Any]]:
    """Yield drawn lines in the detector's square: uint8 `(1, side, side, 3)`, alone.

    Of many sizes, fonts and angles, and every fourth bright on dark.

    Args:
        side: Side of the square in pixels.
        background: RGB bytes of what a picture does not cover.
    """
    random = np.random.default_rng(SEED)
    for number in range(PICTURES):
        chosen = random.integers(0, len(LINES), random.integers(1, 14))
        image = draw_lines(
            [LINES[line] for line in chosen],
            int(random.integers(10, 60)),
            int(random.integers(300, 1200)),
            float(random.uniform(-12, 12)),
            FONTS[number % len(FONTS)],
        )
        if number % 4 == 3:
            image = Image.fromarray(255 - np.asarray(image))
        yield [fit_into(image, side, background).pixels[None]]
