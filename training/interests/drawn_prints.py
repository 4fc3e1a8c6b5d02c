"""Printed matter that is no page of text: slides, signs, code, notes and covers."""

import numpy as np
from PIL import Image, ImageDraw

from training.interests.drawing import (
    FACES,
    Random,
    draw_text,
    random_colour,
    random_grey,
    seen,
)

DARK = 0.5
"""Share of slides and code that are light on dark."""
LEVELS = 4
"""Of indented code."""


def slide(random: Random, photos: list[Image.Image]) -> Image.Image:
    """Large words with shapes beside them: a slide, a poster, a logo."""
    size = (int(random.integers(260, 480)), int(random.integers(200, 360)))
    dark = random.random() < DARK
    back = random_colour(random, 0, 70) if dark else random_grey(random, 235, 256)
    ink = random_grey(random, 220, 256) if dark else random_colour(random, 0, 130)
    image = Image.new("RGB", size, back)
    draw = ImageDraw.Draw(image)
    for _ in range(int(random.integers(0, 5))):
        _shape(random, draw, size)
    height = int(random.integers(16, 52))
    y = int(random.integers(8, size[1] // 2))
    x = int(random.integers(6, size[0] // 3))
    for _ in range(int(random.integers(1, 6))):
        face = FACES[int(random.integers(len(FACES)))]
        draw_text(random, draw, (x, y), random.integers(1, 4), height, ink, face)
        y += height + int(random.integers(4, 20))
    return image


def code(random: Random, photos: list[Image.Image]) -> Image.Image:
    """Lines of a terminal or an editor."""
    size = (int(random.integers(300, 520)), int(random.integers(200, 340)))
    dark = random.random() > DARK / 2
    back = random_colour(random, 0, 50) if dark else random_grey(random, 240, 256)
    image = Image.new("RGB", size, back)
    draw = ImageDraw.Draw(image)
    height = int(random.integers(9, 18))
    is_coloured = random.random() < 0.5
    plain = random_grey(random, 180, 256) if dark else random_grey(random, 0, 80)
    for y in range(4, size[1], height + 4):
        if random.random() < 0.15:
            continue
        ink = plain
        if is_coloured:
            ink = (
                random_colour(random, 90, 256)
                if dark
                else random_colour(random, 0, 160)
            )
        x = 4 + int(random.integers(LEVELS)) * 3 * height
        draw_text(random, draw, (x, y), random.integers(1, 8), height, ink, FACES[3])
    return image


def note(random: Random, photos: list[Image.Image]) -> Image.Image:
    """A small slip, a card or a sign on or before something."""
    size = (int(random.integers(220, 340)), int(random.integers(90, 240)))
    is_dark = random.random() < 0.25
    paper = random_colour(random, 10, 110) if is_dark else random_grey(random, 205, 256)
    ink = random_grey(random, 220, 256) if is_dark else random_grey(random, 0, 70)
    sheet = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(sheet)
    height = int(random.integers(14, 34))
    if random.random() < 0.5:
        draw.rectangle((5, 5, size[0] - 6, size[1] - 6), outline=ink, width=3)
    for y in range(14, size[1] - height, height + int(random.integers(6, 22))):
        draw_text(random, draw, (16, y), random.integers(1, 4), height, ink)
    return seen(random, sheet, photos, flat=0.0, room=(1.9, 2.6))


def cover(random: Random, photos: list[Image.Image]) -> Image.Image:
    """A book, a leaflet or a package with a title and a picture."""
    size = (int(random.integers(200, 300)), int(random.integers(260, 400)))
    paper = random_colour(random, 60, 256)
    sheet = Image.new("RGB", size, paper)
    draw = ImageDraw.Draw(sheet)
    for _ in range(int(random.integers(1, 5))):
        _shape(random, draw, size)
    ink = (15, 15, 20) if np.mean(paper) > 140 else (245, 245, 245)
    y = int(random.integers(15, 80))
    for _ in range(int(random.integers(1, 4))):
        height = int(random.integers(14, 40))
        draw_text(random, draw, (18, y), random.integers(1, 4), height, ink, FACES[1])
        y += height + 8
    for y in range(size[1] - 60, size[1] - 12, 14):
        draw_text(random, draw, (18, y), random.integers(2, 6), 10, ink)
    return seen(random, sheet, photos, flat=0.2, room=(1.3, 2.0))


PRINTS = (slide, code, note, cover)


def printed(random: Random, photos: list[Image.Image]) -> Image.Image:
    """Any of these."""
    return PRINTS[int(random.integers(len(PRINTS)))](random, photos)


def _shape(random: Random, draw: ImageDraw.ImageDraw, size: tuple[int, int]) -> None:
    fill = random_colour(random, 0, 256)
    left, top = (int(random.integers(0, side)) for side in size)
    box = (
        left,
        top,
        left + int(random.integers(20, 160)),
        top + int(random.integers(20, 160)),
    )
    if random.random() < 0.5:
        draw.rectangle(box, fill=fill)
    else:
        draw.ellipse(box, fill=fill)
