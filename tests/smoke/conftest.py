from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

Colours = dict[str, tuple[int, int, int]]


def draw_photo(path: Path, colour: tuple[int, int, int], seed: int) -> None:
    """Ellipses in shades of a colour; no two seeds are near-duplicates."""
    random = np.random.default_rng(seed)
    image = Image.new("RGB", (320, 240), tuple(random.integers(0, 90, 3).tolist()))
    pen = ImageDraw.Draw(image)
    for _ in range(14):
        x, y, w, h = (random.random(4) * (280, 200, 140, 120)).tolist()
        shade = np.clip(np.array(colour) + random.integers(-25, 25, 3), 0, 255)
        pen.ellipse((x, y, x + w, y + h), fill=tuple(shade.tolist()))
    path.parent.mkdir(parents=True, exist_ok=True)
    image.save(path, quality=90)


@pytest.fixture
def draw_album() -> Callable[[Path, Colours, int], None]:
    """Draws a folder of photos for each colour."""

    def draw(folder: Path, colours: Colours, photos: int, first_seed: int = 0) -> None:
        for number, (name, colour) in enumerate(colours.items()):
            for i in range(photos):
                path = folder / name / f"{i}.jpg"
                draw_photo(path, colour, first_seed + number * 1000 + i)

    return draw
