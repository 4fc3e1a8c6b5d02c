"""Pictures drawn by this project that detectors find something on."""

import math

from PIL import Image, ImageDraw, ImageFilter

WALL, SKIN, HAIR = (196, 206, 214), (224, 172, 140), (62, 40, 26)


def face(side: int = 480) -> Image.Image:
    """A face seen from the front, on a plain wall."""
    image = Image.new("RGB", (side, side), WALL)
    draw = ImageDraw.Draw(image)
    unit = side / 100

    def oval(color, left, top, right, bottom):
        draw.ellipse([x * unit for x in (left, top, right, bottom)], fill=color)

    draw.rectangle([30 * unit, 82 * unit, 70 * unit, side], fill=(60, 80, 130))
    draw.rectangle([43 * unit, 68 * unit, 57 * unit, 86 * unit], fill=SKIN)
    oval(HAIR, 27, 12, 73, 70)
    oval(SKIN, 31, 20, 69, 76)
    for left in (38, 54):
        oval((250, 250, 250), left, 42, left + 9, 47)
        oval((40, 30, 25), left + 2.5, 42, left + 6.5, 47)
        draw.line(
            [left * unit, 39 * unit, (left + 9) * unit, 38.5 * unit],
            fill=HAIR,
            width=round(1.4 * unit),
        )
    draw.line(
        [50 * unit, 45 * unit, 47 * unit, 57 * unit, 53 * unit, 57 * unit],
        fill=(180, 125, 100),
        width=round(unit),
    )
    oval((170, 70, 70), 42, 63, 58, 68)
    return image.filter(ImageFilter.GaussianBlur(side / 120))


def clock(side: int = 480) -> Image.Image:
    """A round clock on a plain wall, at the left of the picture."""
    image = Image.new("RGB", (side, side), (170, 185, 175))
    draw = ImageDraw.Draw(image)
    middle, radius = (side * 0.4, side * 0.45), side * 0.24
    _circle(draw, middle, radius, (40, 40, 45))
    _circle(draw, middle, radius * 0.9, (250, 250, 245))
    for hour in range(12):
        inner, outer = (_hand(middle, radius * r, hour / 12) for r in (0.74, 0.85))
        draw.line([*inner, *outer], fill=(20, 20, 20), width=round(radius / 16))
    for length, turn in ((0.5, 10.2 / 12), (0.72, 0.18)):
        draw.line(
            [*middle, *_hand(middle, radius * length, turn)],
            fill=(20, 20, 20),
            width=round(radius / 14),
        )
    return image.filter(ImageFilter.GaussianBlur(side / 300))


def _circle(draw, middle, radius, color):
    x, y = middle
    draw.ellipse([x - radius, y - radius, x + radius, y + radius], fill=color)


def _hand(middle, length, turn):
    angle = 2 * math.pi * turn
    return middle[0] + length * math.sin(angle), middle[1] - length * math.cos(angle)
