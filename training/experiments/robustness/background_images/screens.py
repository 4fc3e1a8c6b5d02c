"""Kinds of no interest that people photograph or save: screens and papers, drawn."""

import numpy as np
from PIL import Image

from training.experiments.robustness.background_images.drawing import (
    SIDE,
    Random,
    canvas,
    colour,
    text_lines,
)


def page(random: Random) -> Image.Image:
    """A printed page: a heading, and paragraphs."""
    image, draw = canvas(colour(random, 225))
    ink = colour(random, 0, 90)
    left = int(random.integers(8, 40))
    size = int(random.integers(3, 7))
    text_lines(random, draw, (left, 12, 150, 12 + 4 * size), 2 * size, ink)
    y = 40
    while y < SIDE - 20:
        bottom = y + int(random.integers(20, 80))
        text_lines(random, draw, (left, y, SIDE - left, bottom), size, ink)
        y = bottom + size
    return image


def receipt(random: Random) -> Image.Image:
    """A narrow slip with prices at its right."""
    image, draw = canvas(colour(random, 30, 160))
    left = int(random.integers(40, 70))
    right = SIDE - left
    draw.rectangle((left, 0, right, SIDE), fill=colour(random, 225))
    for y in range(8, SIDE, int(random.integers(8, 13))):
        width = int(random.integers(15, 55))
        draw.rectangle((left + 6, y, left + 6 + width, y + 3), fill=(70, 70, 70))
        draw.rectangle((right - 22, y, right - 6, y + 3), fill=(70, 70, 70))
    return image


def chat(random: Random) -> Image.Image:
    """A conversation: bubbles at both sides."""
    image, draw = canvas(colour(random, 200 if random.random() < 0.6 else 0, 255))
    tints = colour(random, 120), colour(random, 120)
    draw.rectangle((0, 0, SIDE, 22), fill=colour(random))
    y = 30
    while y < SIDE - 20:
        width, height = int(random.integers(60, 150)), int(random.integers(16, 44))
        side = int(random.integers(2))
        x = 8 if side else SIDE - 8 - width
        draw.rounded_rectangle((x, y, x + width, y + height), 8, fill=tints[side])
        inside = (x + 8, y + 6, x + width - 6, y + height - 2)
        text_lines(random, draw, inside, 4, (60, 60, 60))
        y += height + 6
    return image


def settings(random: Random) -> Image.Image:
    """A list of rows with an icon, a text and a switch."""
    is_dark = random.random() < 0.4
    image, draw = canvas((24, 24, 28) if is_dark else (246, 246, 248))
    ink = (200, 200, 205) if is_dark else (50, 50, 55)
    height = int(random.integers(18, 34))
    for y in range(4, SIDE, height):
        draw.ellipse((8, y + 2, 8 + height - 8, y + height - 6), fill=colour(random))
        text_lines(random, draw, (height + 12, y + 4, 170, y + height), 5, ink)
        if random.random() < 0.6:
            draw.rounded_rectangle((188, y + 4, 212, y + 14), 5, fill=colour(random))
        draw.line((0, y + height - 1, SIDE, y + height - 1), fill=(128, 128, 128))
    return image


def icons(random: Random) -> Image.Image:
    """A home screen: rounded icons in a grid over some wallpaper."""
    image, draw = canvas(colour(random))
    step = SIDE // int(random.integers(4, 7))
    for y in range(8, SIDE - step // 2, step):
        for x in range(8, SIDE - step // 2, step):
            if random.random() < 0.85:
                box = (x, y, x + step * 2 // 3, y + step * 2 // 3)
                draw.rounded_rectangle(box, step // 6, fill=colour(random))
                inner = (box[0] + 6, box[1] + 6, box[2] - 6, box[3] - 6)
                shape = draw.ellipse if random.random() < 0.5 else draw.rectangle
                shape(inner, fill=colour(random))
    return image


def chart(random: Random) -> Image.Image:
    """Bars or a line over axes."""
    image, draw = canvas(colour(random, 230))
    count = int(random.integers(4, 14))
    heights = random.uniform(10, 160, count).tolist()
    step = 180 / count
    points = [(30 + step * (i + 0.5), 200 - h) for i, h in enumerate(heights)]
    if random.random() < 0.5:
        fill = colour(random)
        for x, y in points:
            draw.rectangle((x - step / 3, y, x + step / 3, 200), fill=fill)
    else:
        draw.line(points, fill=colour(random, 0, 180), width=3)
    draw.line((28, 15, 28, 200, 212, 200), fill=(40, 40, 40), width=2)
    text_lines(random, draw, (40, 208, 200, 222), 5, (90, 90, 90))
    return image


def table(random: Random) -> Image.Image:
    """A spreadsheet or a calendar: a grid with something in its cells."""
    image, draw = canvas(colour(random, 235))
    width, height = int(random.integers(22, 60)), int(random.integers(10, 36))
    for y in range(0, SIDE, height):
        for x in range(0, SIDE, width):
            draw.rectangle((x, y, x + width, y + height), outline=(150, 150, 150))
            if random.random() < 0.7:
                box = (x + 3, y + 3, x + width - 3, y + height)
                text_lines(random, draw, box, 4, colour(random, 0, 120))
    draw.rectangle((0, 0, SIDE, height), fill=colour(random))
    return image


def code(random: Random) -> Image.Image:
    """A square of black and white modules, or bars of them."""
    image, draw = canvas((255, 255, 255))
    modules = int(random.integers(15, 34))
    bits = random.random((modules, modules)) < 0.5
    if random.random() < 0.3:
        bits[:] = bits[0]
    margin, step = 20, (SIDE - 40) / modules
    for row, column in np.argwhere(bits).tolist():
        x, y = margin + column * step, margin + row * step
        draw.rectangle((x, y, x + step, y + step), fill=(0, 0, 0))
    return image


def street_map(random: Random) -> Image.Image:
    """Blocks between streets, some water and a park."""
    image, draw = canvas((238, 234, 226))
    for tint in ((170, 210, 235), (195, 225, 180)):
        corners = random.uniform(0, SIDE, (5, 2))
        draw.polygon([tuple(c) for c in corners.tolist()], fill=tint)
    for _ in range(int(random.integers(8, 22))):
        ends = random.uniform(-30, SIDE + 30, 4).tolist()
        tint = (255, 255, 255) if random.random() < 0.7 else (250, 215, 130)
        draw.line(ends, fill=tint, width=int(random.integers(2, 9)))
    text_lines(random, draw, (20, 100, 120, 112), 5, (110, 110, 110))
    return image


def handwriting(random: Random) -> Image.Image:
    """Scribbled lines on paper or on a board."""
    is_board = random.random() < 0.4
    image, draw = canvas((30, 60, 50) if is_board else colour(random, 225))
    ink = colour(random, 200) if is_board else colour(random, 0, 120)
    gap = int(random.integers(14, 30))
    for y in range(gap, SIDE, gap):
        x = np.arange(10, SIDE - int(random.integers(10, 90)), 2.0)
        steps = random.normal(0, gap / 6, len(x))
        heights = np.clip(np.convolve(steps, np.ones(3), "same"), -gap / 2, gap / 2)
        draw.line(list(zip(x, y + heights, strict=True)), fill=ink, width=2)
    return image


def keys(random: Random) -> Image.Image:
    """A keyboard or a panel of buttons."""
    is_dark = random.random() < 0.5
    image, draw = canvas((20, 20, 22) if is_dark else (205, 205, 208))
    fill = colour(random, 35, 80) if is_dark else colour(random, 225)
    step = int(random.integers(18, 46))
    for y in range(4, SIDE, step):
        x = 4 - int(random.integers(0, step))
        while x < SIDE:
            width = step * (2 if random.random() < 0.15 else 1)
            key = (x, y, x + width - 4, y + step - 4)
            draw.rounded_rectangle(key, 4, fill=fill)
            draw.rectangle((x + 6, y + 6, x + 10, y + 10), fill=(140, 140, 140))
            x += width
    return image


KINDS = (
    page, receipt, chat, settings, icons, chart, table, code, street_map, handwriting,
    keys,
)  # fmt: skip
