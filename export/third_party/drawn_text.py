"""Pictures of text that this project draws, with the words on them."""

from collections.abc import Sequence
from pathlib import Path

import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFont

FONTS = ("DejaVuSans", "DejaVuSansMono", "DejaVuSerif")


def draw_lines(
    lines: Sequence[str],
    size: int = 28,
    width: int = 640,
    angle: float = 0.0,
    font: str = FONTS[0],
) -> Image.Image:
    """Draw black lines on a paper with grain, turned by an angle.

    Args:
        lines: Text of each line.
        size: Height of the letters in pixels.
        width: Width of the paper in pixels.
        angle: Degrees that the paper is turned.
        font: Name of a font that matplotlib brings along.
    """
    path = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / f"{font}.ttf"
    letters = ImageFont.truetype(path, size)
    sides = (width, int((len(lines) + 1) * size * 1.5))
    image = Image.new("RGB", sides, (244, 242, 236))
    draw = ImageDraw.Draw(image)
    for row, line in enumerate(lines):
        draw.text((size, (row + 0.5) * size * 1.5), line, (40, 38, 36), letters)
    image = image.rotate(
        angle, Image.Resampling.BICUBIC, expand=True, fillcolor=(150, 140, 130)
    )
    grain = np.random.default_rng(0).normal(0, 4, (image.height, image.width, 1))
    return Image.fromarray((np.asarray(image) + grain).clip(0, 255).astype(np.uint8))
