"""Pictures that set the ranges of the detector of text in int8.

Small letters on faded paper, as receipts and screens have them: ranges that clear large
letters need leave too few steps for faint ones, which are then no lines.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from PIL import Image

from export.third_party.drawn_text import FONTS, draw_lines
from photo_interests.analysis.photo import fit_into

PICTURES = 12
SEED = 1
PAPER = 244.0
"""Brightness of the paper that lines are drawn on."""
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

    Of small sizes, some fonts and angles; the ink is faded, light falls from one side,
    with folds, plain rectangles and grain. Every third paper has a colour, every fourth
    picture is bright on dark.

    Args:
        side: Side of the square in pixels.
        background: RGB bytes of what a picture does not cover.
    """
    random = np.random.default_rng(SEED)
    for number in range(PICTURES):
        chosen = random.integers(0, len(LINES), random.integers(12, 30))
        image = draw_lines(
            [LINES[line] for line in chosen],
            int(random.integers(9, 16)),
            int(random.integers(220, 300)),
            float(random.uniform(-3, 3)),
            FONTS[number % len(FONTS)],
        )
        pixels = _faded(np.asarray(image, np.float32), random, number % 3 == 0)
        if number % 4 == 3:
            pixels = 255 - pixels
        faded = Image.fromarray(pixels.astype(np.uint8))
        yield [fit_into(faded, side, background).pixels[None]]


def _faded(
    drawn: np.ndarray, random: np.random.Generator, is_coloured: bool
) -> np.ndarray:
    """Fade what is drawn `(height, width, 3)`, and put other things on it."""
    height, width = drawn.shape[:2]
    paper = random.uniform(170, 255, 3) if is_coloured else random.uniform(200, 255)
    pixels = paper - (PAPER - drawn) * random.uniform(0.25, 1)
    down = np.linspace(0, 1, height)[:, None, None]
    across = np.linspace(random.random(), 1, width)[None, :, None]
    pixels *= 1 - 0.35 * random.random() * down * across
    for row in random.integers(0, height - 2, random.integers(0, 3)):
        pixels[row : row + 2] -= random.uniform(10, 50)
    for _ in range(random.integers(0, 4)):
        left, top = random.integers(0, (width - 20, height - 20))
        right, bottom = (left, top) + random.integers(10, (100, 60))
        pixels[top:bottom, left:right] = random.uniform(0, 255, 3)
    pixels += random.normal(0, random.uniform(2, 10), pixels.shape)
    return pixels.clip(0, 255)
