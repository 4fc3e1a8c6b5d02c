"""Documents, phone screens and memes, drawn: no public set may train on real ones."""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from training.interests.drawing import (
    FACES,
    SIDE,
    WORDS,
    Random,
    draw_text,
    font_of,
    paste,
    random_colour,
    random_grey,
    seen,
)
from training.interests.drawn_prints import printed


def page(random: Random, photos: list[Image.Image]) -> Image.Image:
    """A printed page or form, flat or lying on something."""
    size = (int(random.integers(300, 420)), int(random.integers(420, 560)))
    sheet = Image.new("RGB", size, random_grey(random, 225, 256))
    draw = ImageDraw.Draw(sheet)
    y, margin = int(random.integers(15, 60)), int(random.integers(15, 45))
    draw_text(
        random, draw, (margin, y), random.integers(1, 4), 22, (20, 20, 30), FACES[1]
    )
    y += 45
    while y < size[1] - 40:
        height = int(random.integers(8, 15))
        for _ in range(int(random.integers(1, 9))):
            words = max(1, (size[0] - 2 * margin) // (height * 4))
            draw_text(random, draw, (margin, y), words, height, (40, 40, 45))
            y += height + 5
        y += int(random.integers(5, 30))
        if random.random() < 0.15:
            draw.rectangle((margin, y, size[0] - margin, y + 1), fill=(60, 60, 60))
    return seen(random, sheet, photos)


def receipt(random: Random, photos: list[Image.Image]) -> Image.Image:
    """A till receipt: names left, prices right."""
    size = (int(random.integers(180, 300)), int(random.integers(400, 620)))
    sheet = Image.new("RGB", size, random_grey(random, 215, 256))
    draw = ImageDraw.Draw(sheet)
    height = int(random.integers(10, 14))
    for y in range(15, size[1] - 20, height + int(random.integers(3, 8))):
        if random.random() < 0.12:
            continue
        draw_text(
            random, draw, (12, y), random.integers(1, 3), height, (60, 60, 66), FACES[3]
        )
        price = f"{random.integers(0, 90)}.{random.integers(0, 99):02d}"
        draw.text((size[0] - 60, y), price, (60, 60, 66), font_of(FACES[3], height))
    return seen(random, sheet, photos)


def screen(random: Random, photos: list[Image.Image]) -> Image.Image:
    """An app on a phone: bars, rows or tiles with icons, text and pictures."""
    is_dark = random.random() < 0.35
    back = random_grey(random, 8, 40) if is_dark else random_grey(random, 238, 256)
    ink = random_grey(random, 190, 240) if is_dark else random_grey(random, 10, 80)
    accent = random_colour(random, 30, 230)
    size = (270, int(random.integers(480, 600)))
    image = Image.new("RGB", size, back)
    draw = ImageDraw.Draw(image)
    bar = accent if random.random() < 0.6 else back
    draw.rectangle((0, 0, size[0], 55), fill=bar)
    draw.text(
        (8, 3),
        f"{random.integers(0, 24)}:{random.integers(10, 60)}",
        ink,
        font_of(FACES[0], 10),
    )
    draw.rectangle((235, 5, 260, 13), fill=ink)
    draw_text(random, draw, (14, 26), random.integers(1, 3), 16, ink, FACES[1])
    if random.random() < 0.25:
        paste(random, image, photos, (0, 55, size[0], int(random.integers(160, 320))))
        top = 325
    else:
        top = 65
    row = int(random.integers(38, 90))
    tiles = random.random() < 0.25
    for y in range(top, size[1] - 50, row):
        if tiles:
            for x in range(8, size[0] - 40, row):
                fill = random_colour(random, 20, 255)
                draw.rounded_rectangle((x, y, x + row - 10, y + row - 18), 8, fill=fill)
            continue
        kind = random.random()
        if kind < 0.6:
            draw.ellipse((12, y + 4, 38, y + 30), fill=random_colour(random, 40, 255))
        draw_text(random, draw, (50, y + 3), random.integers(1, 4), 13, ink)
        draw_text(
            random,
            draw,
            (50, y + 20),
            random.integers(2, 6),
            10,
            random_grey(random, 110, 160),
        )
        if kind > 0.4:
            draw.rounded_rectangle((225, y + 8, 255, y + 22), 7, fill=accent)
    if random.random() < 0.6:
        draw.rectangle((0, size[1] - 45, size[0], size[1]), fill=back)
        for x in range(25, size[0], 60):
            draw.ellipse((x, size[1] - 36, x + 20, size[1] - 16), fill=ink)
    return image


def meme(random: Random, photos: list[Image.Image]) -> Image.Image:
    """A photo with a joke above and below, over it or on white bands."""
    size = (int(random.integers(300, 420)), int(random.integers(260, 420)))
    image = Image.new("RGB", size, (255, 255, 255))
    banded = random.random() < 0.35
    top = int(random.integers(50, 110)) if banded else 0
    if not banded and random.random() < 0.25:
        middle = size[1] // 2
        paste(random, image, photos, (0, 0, size[0], middle))
        paste(random, image, photos, (0, middle, size[0], size[1]))
    else:
        paste(random, image, photos, (0, top, size[0], size[1]))
    draw = ImageDraw.Draw(image)
    height = int(random.integers(22, 38))
    font = font_of(FACES[int(random.integers(0, 2))], height)
    for y in (8, size[1] - height - 12) if not banded else (8, 10 + height):
        words = " ".join(random.choice(WORDS, int(random.integers(2, 5))))
        style = {"fill": (10, 10, 10)} if banded else {
            "fill": (255, 255, 255), "stroke_width": 3, "stroke_fill": (0, 0, 0),
        }  # fmt: skip
        text = words if banded else words.upper()
        width = draw.textlength(text, font)
        draw.text((max(4, (size[0] - width) / 2), y), text, font=font, **style)
    return image


class Drawing(NamedTuple):
    """How pictures of a kind are drawn."""

    kind: str
    draw: Callable[[Random, list[Image.Image]], Image.Image]


DRAWINGS = {
    "page": Drawing("everyday.page", page),
    "printed": Drawing("everyday.page", printed),
    "receipt": Drawing("everyday.receipt", receipt),
    "screen": Drawing("everyday.screen", screen),
    "meme": Drawing("everyday.meme", meme),
}


def draw_pictures(
    name: str, count: int, photos: list[Image.Image], seed: int
) -> np.ndarray:
    """Draw pictures.

    Args:
        name: One of `DRAWINGS`.
        count: Pictures.
        photos: Photos that lie below, are shown or are joked about.
        seed: Of everything random.

    Returns:
        uint8 `(count, 224, 224, 3)`, squashed as photos are.
    """
    kind, draw = DRAWINGS[name]
    random = np.random.default_rng([seed, *kind.encode()])
    pictures = [draw(random, photos) for _ in range(count)]
    return np.stack([np.asarray(one.resize((SIDE, SIDE))) for one in pictures])
