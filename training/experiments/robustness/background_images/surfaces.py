"""Kinds of no interest without a thing on them: surfaces, skies, lights, shapes."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from training.experiments.robustness.background_images.drawing import (
    SIDE,
    Random,
    canvas,
    cloud,
    colour,
    to_image,
)


def fog(random: Random) -> Image.Image:
    """A texture of any roughness in its own colours."""
    grey = cloud(random, float(random.uniform(0, 2.5)), 1)
    first, second = random.random(3), random.random(3)
    tinted = first + grey * (second - first)
    return to_image(tinted + 0.15 * (cloud(random, 1.0) - 0.5))


def colours(random: Random) -> Image.Image:
    """A texture whose colours go their own ways."""
    return to_image(cloud(random, float(random.uniform(0, 2.5))))


def sky(random: Random) -> Image.Image:
    """A gradient, with clouds or without, over a horizon or not."""
    top, bottom = random.random(3), random.random(3)
    down = np.linspace(0, 1, SIDE)[:, None, None]
    values = np.broadcast_to(top + down * (bottom - top), (SIDE, SIDE, 3)).copy()
    values += random.uniform(0, 0.5) * np.maximum(cloud(random, 1.6, 1) - 0.5, 0)
    if random.random() < 0.6:
        horizon = int(random.integers(110, 200))
        ground = random.random(3) * 0.6
        values[horizon:] = ground + 0.3 * (cloud(random, 0.8) - 0.5)[horizon:]
    return to_image(values)


def lights(random: Random) -> Image.Image:
    """Night: blurred lights in the dark."""
    image, draw = canvas(colour(random, 0, 30))
    for _ in range(int(random.integers(5, 60))):
        x, y = random.uniform(0, SIDE, 2).tolist()
        radius = float(random.uniform(1, 14))
        draw.ellipse((x - radius, y - radius, x + radius, y + radius),
                     fill=colour(random, 60))  # fmt: skip
    return image.filter(ImageFilter.GaussianBlur(float(random.uniform(1, 9))))


def bricks(random: Random) -> Image.Image:
    """A wall or a floor of bricks or tiles."""
    image, draw = canvas(colour(random, 90, 220))
    width, height = int(random.integers(18, 80)), int(random.integers(10, 60))
    base, shift = random.integers(40, 220, 3), int(random.integers(2)) * width // 2
    for row, y in enumerate(range(0, SIDE, height)):
        for x in range(-width + shift * (row % 2), SIDE, width):
            tint = np.clip(base + random.integers(-20, 21), 0, 255).tolist()
            draw.rectangle((x, y, x + width - 3, y + height - 3), fill=tuple(tint))
    rough = 1 + 0.5 * (cloud(random, 0.7, 1) - 0.5)
    return to_image(np.asarray(image) / 255 * rough)


def wood(random: Random) -> Image.Image:
    """Long grain, across or along."""
    warp = 6 * cloud(random, 2.0, 1)[:, :, 0]
    across = np.arange(SIDE)[:, None] / float(random.uniform(4, 30))
    grain = 0.5 + 0.5 * np.sin(2 * np.pi * (across / 6 + warp))
    grain = grain if random.random() < 0.5 else grain.T
    first, second = random.uniform(0.2, 0.9, 3), random.uniform(0.1, 0.7, 3)
    rough = 0.15 * (cloud(random, 0.6, 1) - 0.5)
    return to_image(first + grain[:, :, None] * (second - first) + rough)


def leaves(random: Random) -> Image.Image:
    """Many small strokes of like colours, as grass, gravel or foliage."""
    base = random.integers(20, 200, 3)
    image, draw = canvas(tuple((base // 2).tolist()))
    length, count = float(random.uniform(4, 40)), int(random.integers(300, 1500))
    lean = float(random.uniform(0, np.pi))
    for _ in range(count):
        x, y = random.uniform(0, SIDE, 2).tolist()
        angle = lean + float(random.normal(0, 0.6))
        tint = np.clip(base + random.integers(-50, 51, 3), 0, 255).tolist()
        end = (x + length * np.cos(angle), y + length * np.sin(angle))
        draw.line((x, y, *end), fill=tuple(tint), width=int(random.integers(1, 5)))
    return image


def stripes(random: Random) -> Image.Image:
    """Stripes, checks or dots in two colours, turned."""
    rows, columns = np.mgrid[:SIDE, :SIDE] / float(random.uniform(4, 40))
    angle = float(random.uniform(0, np.pi))
    along = np.sin(rows * np.cos(angle) + columns * np.sin(angle))
    other = np.sin(columns * np.cos(angle) - rows * np.sin(angle))
    mixed = (along, along * other, np.maximum(along, other))[int(random.integers(3))]
    first, second = random.random(3), random.random(3)
    return to_image(first + (mixed > 0.1)[:, :, None] * (second - first))


def blob(random: Random) -> Image.Image:
    """One shaded thing of no known shape before a background."""
    behind = np.asarray(fog(random) if random.random() < 0.5 else sky(random)) / 255
    if random.random() < 0.4:
        behind = np.ones((SIDE, SIDE, 3)) * random.uniform(0.7, 1)
    angles = np.linspace(0, 2 * np.pi, 120)
    waves = random.normal(0, 0.35, (5, 2)) / np.arange(1, 6)[:, None]
    turns = np.arange(1, 6)[:, None] * angles
    radius = 1 + waves[:, :1].T @ np.cos(turns) + waves[:, 1:].T @ np.sin(turns)
    size = random.uniform(40, 85)
    x = SIDE / 2 + size * radius[0] * np.cos(angles) * random.uniform(0.4, 1)
    y = SIDE / 2 + size * radius[0] * np.sin(angles) * random.uniform(0.4, 1)
    shape = Image.new("L", (SIDE, SIDE))
    ImageDraw.Draw(shape).polygon(list(zip(x, y, strict=True)), fill=255)
    mask = np.asarray(shape.filter(ImageFilter.GaussianBlur(1)))[:, :, None] / 255
    light = 0.5 + 0.7 * np.linspace(0, 1, SIDE)[None, ::-1, None]
    skin = random.random(3) * light + 0.5 * (cloud(random, 1.2) - 0.5)
    return to_image(behind * (1 - mask) + skin * mask)


def polygons(random: Random) -> Image.Image:
    """Flat shapes upon each other, as of an unknown drawing or machine."""
    image, draw = canvas(colour(random))
    for _ in range(int(random.integers(3, 25))):
        centre = random.uniform(0, SIDE, 2)
        corners = centre + random.normal(0, random.uniform(8, 50), (4, 2))
        if random.random() < 0.5:
            draw.polygon([tuple(c) for c in corners.tolist()], fill=colour(random))
        else:
            low, high = np.sort(corners[:2], axis=0).tolist()
            draw.ellipse((*low, *high), fill=colour(random))
    return image


KINDS = (
    fog, colours, sky, lights, bricks, wood, leaves, stripes, blob, polygons,
)  # fmt: skip
