"""Drawn images that every reader of photos must decode to the same pixels.

Each is one way in which decoders differ. They are drawn by code: no person's photo.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from export.display_p3 import display_p3_profile

ROTATED_LEFT = 6
ORIENTATION = 0x0112


def draw_golden_images(directory: Path) -> list[Path]:
    """Draw all images into an existing folder.

    Returns:
        Their paths, in the order of the card.
    """
    paths = []
    for name, save in IMAGES.items():
        path = directory / name
        save(path)
        paths.append(path)
    return paths


def draw_scene(width: int, height: int, seed: int) -> Image.Image:
    """A gradient with shapes and a patch of noise: edges, flats and texture."""
    random = np.random.default_rng(seed)
    image = Image.fromarray(_gradient(width, height, random))
    pen = ImageDraw.Draw(image)
    for _ in range(12):
        x, y = random.integers(0, width), random.integers(0, height)
        size = random.integers(min(width, height) // 10 + 1, min(width, height) // 3)
        colour = tuple(int(value) for value in random.integers(0, 256, 3))
        box = [int(x), int(y), int(x + size), int(y + size)]
        shape = pen.ellipse if random.random() < 0.5 else pen.rectangle
        shape(box, fill=colour)
    side = min(48, min(width, height) // 4)
    noise = random.integers(0, 256, (side, side, 3), dtype=np.uint8)
    image.paste(Image.fromarray(noise).resize((2 * side, 2 * side)), (0, 0))
    return image


def _gradient(
    width: int, height: int, random: np.random.Generator
) -> npt.NDArray[np.uint8]:
    corners = random.integers(0, 256, (2, 2, 3)).astype(np.uint8)
    small = Image.fromarray(corners)
    large = small.resize((width, height), Image.Resampling.BICUBIC)
    return np.asarray(large, dtype=np.uint8)


def _rotated(path: Path) -> None:
    # Larger than twice the wanted size on both sides: decoded at half its size.
    exif = Image.Exif()
    exif[ORIENTATION] = ROTATED_LEFT
    draw_scene(1200, 900, seed=1).save(path, quality=80, exif=exif)


def _cmyk(path: Path) -> None:
    draw_scene(600, 240, seed=2).convert("CMYK").save(path, quality=85)


def _grey(path: Path) -> None:
    draw_scene(200, 640, seed=3).convert("L").save(path, quality=85)


def _transparent(path: Path) -> None:
    image = draw_scene(320, 300, seed=4)
    ramp = np.linspace(0, 255, image.width).astype(np.uint8)
    alpha = Image.fromarray(np.tile(ramp, (image.height, 1)))
    image = image.quantize(32).convert("RGB")
    image.putalpha(alpha)
    image.save(path, optimize=True)


def _webp(path: Path) -> None:
    draw_scene(500, 375, seed=5).save(path, quality=80, method=4)


def _sixteen_bit(path: Path) -> None:
    across, down = np.meshgrid(np.arange(256), np.arange(240))
    values = (across * 200 + (down // 24) * 1000).astype(np.uint16)
    Image.fromarray(values).save(path)


def _display_p3(path: Path) -> None:
    image = draw_scene(480, 480, seed=6)
    image.save(path, quality=85, icc_profile=display_p3_profile())


def _tiny(path: Path) -> None:
    draw_scene(20, 12, seed=7).resize((5, 3)).save(path)


IMAGES: dict[str, Callable[[Path], None]] = {
    "rotated.jpg": _rotated,
    "cmyk.jpg": _cmyk,
    "grey_tall.jpg": _grey,
    "display_p3.jpg": _display_p3,
    "transparent.png": _transparent,
    "sixteen_bit.png": _sixteen_bit,
    "tiny.png": _tiny,
    "scene.webp": _webp,
}
