"""A small shop of drawn products: the content of the app's sample catalogue."""

import csv
import math
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PIL import Image, ImageDraw

from photo_interests.recommendation.products import TABLE

SIDE = 320
LINK = "https://example.org/"
Pen = ImageDraw.ImageDraw


def draw_sample_shop(folder: Path) -> None:
    """Draw a picture of each product, and their table, into an existing folder."""
    with (folder / TABLE).open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file)
        table.writerow(["picture", "id", "title", "link", "category"])
        for name, (title, category, background, draw) in PRODUCTS.items():
            # At twice the size, so that edges are smooth when it is shrunk.
            image = Image.new("RGB", (2 * SIDE, 2 * SIDE), background)
            draw(ImageDraw.Draw(image))
            image.resize((SIDE, SIDE)).save(folder / f"{name}.png")
            table.writerow([f"{name}.png", name, title, LINK + name, category])


def _fruit(skin: str, shine: str, pen: Pen) -> None:
    for x, y in ((210, 380), (430, 380), (320, 240)):
        _disc(pen, x, y, 120, skin)
        _disc(pen, x - 40, y - 45, 22, shine)


def _slice(rind: str, flesh: str, seed: str, pen: Pen) -> None:
    _disc(pen, 320, 320, 250, rind)
    _disc(pen, 320, 320, 220, flesh)
    for x, y in _ring(10, 130):
        _disc(pen, x, y, 12, seed)


def _pizza(pen: Pen) -> None:
    _disc(pen, 320, 320, 260, "#b87333")
    _disc(pen, 320, 320, 225, "#f6c945")
    for x, y in (*_ring(6, 70), *_ring(9, 160)):
        _disc(pen, x, y, 30, "#c8321f")


def _sunflower(pen: Pen) -> None:
    pen.rectangle((310, 320, 330, 640), "#3f7d2c")
    for x, y in (*_ring(16, 170), *_ring(20, 140)):
        _disc(pen, x, y, 52, "#f5b820")
    _disc(pen, 320, 320, 110, "#5b3216")


def _starfish(pen: Pen) -> None:
    points = [
        point
        for arm in range(5)
        for point in (_on_circle(72 * arm - 90, 260), _on_circle(72 * arm - 54, 95))
    ]
    pen.polygon(points, "#e2703a")
    for x, y in (*_ring(5, 60), *_ring(5, 130)):
        _disc(pen, x, y, 10, "#f4b183")


def _ball(pen: Pen) -> None:
    _disc(pen, 320, 320, 240, "#f4f4f4")
    for x, y in ((320, 320), *_ring(5, 185)):
        pen.regular_polygon((x, y, 62), 5, fill="#1d1d1d")


def _boat(pen: Pen) -> None:
    pen.rectangle((0, 470, 640, 640), "#2f6f9f")
    pen.polygon([(330, 60), (330, 420), (560, 420)], "#ffffff")
    pen.polygon([(310, 110), (310, 420), (130, 420)], "#d9412b")
    pen.polygon([(90, 450), (560, 450), (480, 540), (170, 540)], "#6b3f22")


def _watch(pen: Pen) -> None:
    pen.rectangle((250, 0, 390, 640), "#5a3a22")
    _disc(pen, 320, 320, 190, "#c9a227")
    _disc(pen, 320, 320, 160, "#fdfdf5")
    for x, y in _ring(12, 135):
        _disc(pen, x, y, 8, "#222222")
    pen.line([(320, 210), (320, 320), (400, 350)], "#222222", 14)


def _cup(pen: Pen) -> None:
    pen.ellipse((390, 250, 540, 430), outline="#c1432e", width=30)
    pen.rectangle((150, 200, 430, 480), "#c1432e")
    pen.ellipse((150, 160, 430, 240), "#4a2a17")


def _pyramid(pen: Pen) -> None:
    pen.rectangle((0, 500, 640, 640), "#d8b46a")
    pen.polygon([(320, 120), (60, 520), (580, 520)], "#c79a4b")
    pen.polygon([(320, 120), (580, 520), (400, 520)], "#9c7432")


def _hat(pen: Pen) -> None:
    pen.ellipse((60, 360, 580, 500), "#8a6b3f")
    pen.rounded_rectangle((190, 170, 450, 430), 60, "#8a6b3f")
    pen.rectangle((190, 370, 450, 420), "#3b2a18")


def _disc(pen: Pen, x: float, y: float, radius: float, colour: str) -> None:
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), colour)


def _ring(count: int, radius: float) -> list[tuple[float, float]]:
    return [_on_circle(360 * step / count, radius) for step in range(count)]


def _on_circle(degrees: float, radius: float) -> tuple[float, float]:
    angle = math.radians(degrees)
    middle = SIDE
    return middle + radius * math.cos(angle), middle + radius * math.sin(angle)


_Product = tuple[str, str, str, Callable[[Pen], None]]
PRODUCTS: dict[str, _Product] = {
    "oranges": (
        "Oranges",
        "grocery.orange",
        "#efe6d6",
        partial(_fruit, "#f28c1b", "#ffd79a"),
    ),
    "lemons": (
        "Lemons",
        "grocery.lemon",
        "#dfeaf2",
        partial(_fruit, "#f4d93b", "#fff6b8"),
    ),
    "plums": (
        "Plums",
        "grocery.plum",
        "#efe9e2",
        partial(_fruit, "#5d2f6b", "#b28cc0"),
    ),
    "tomatoes": (
        "Tomatoes",
        "grocery.regular_tomato",
        "#e6efe0",
        partial(_fruit, "#d6301f", "#f4a79d"),
    ),
    "watermelon": (
        "Watermelon",
        "grocery.watermelon",
        "#f2f0e8",
        partial(_slice, "#2f6b32", "#e5484d", "#26160f"),
    ),
    "kiwi": (
        "Kiwi",
        "grocery.kiwi",
        "#f3eee4",
        partial(_slice, "#6d5330", "#9cc04a", "#1f1a10"),
    ),
    "pizza": ("Pizza stone", "caltech.pizza", "#4d4038", _pizza),
    "sunflower": ("Sunflower seeds", "caltech.sunflower", "#a9d0ef", _sunflower),
    "starfish": ("Beach guide", "caltech.starfish", "#e8d9b0", _starfish),
    "ball": ("Football", "caltech.soccer_ball", "#5c9a4b", _ball),
    "boat": ("A day under sail", "caltech.ketch", "#bcdcf2", _boat),
    "watch": ("Wrist watch", "caltech.watch", "#e4e4e4", _watch),
    "cup": ("Coffee cup", "caltech.cup", "#f1ede4", _cup),
    "pyramid": ("Travels in Egypt", "caltech.pyramid", "#a8d3ee", _pyramid),
    "hat": ("Straw hat", "clothing.hat", "#eef2f5", _hat),
}
"""By file name: title, interest, background colour, and how it is drawn."""
