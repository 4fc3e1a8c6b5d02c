"""Strokes that the drawn kinds of no interest share."""

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

SIDE = 224
Random = np.random.Generator
Colour = tuple[int, int, int]


def colour(random: Random, darkest: int = 0, lightest: int = 255) -> Colour:
    """Draw a colour whose channels lie between two values."""
    red, green, blue = random.integers(darkest, lightest, 3, endpoint=True).tolist()
    return red, green, blue


def canvas(background: Colour) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    """Start a picture of one colour."""
    image = Image.new("RGB", (SIDE, SIDE), background)
    return image, ImageDraw.Draw(image)


def text_lines(
    random: Random,
    draw: ImageDraw.ImageDraw,
    box: tuple[int, int, int, int],
    height: int,
    ink: Colour,
) -> None:
    """Fill a box (left, top, right, bottom) with lines of words as grey bars."""
    left, top, right, bottom = box
    for y in range(top, bottom - height, 2 * height):
        x, end = left, right - int(random.integers(0, max(2, (right - left) // 3)))
        while x < end:
            width = int(random.integers(height, 6 * height))
            word = (x, y, min(x + width, end), y + max(1, height - 2))
            draw.rectangle(word, fill=ink)
            x += width + max(2, height // 2)


def cloud(random: Random, slope: float, channels: int = 3) -> np.ndarray:
    """Make a random texture whose amplitudes fall with frequency as a power.

    Args:
        random: Source of chance.
        slope: 0 is white noise; natural scenes are near 1.
        channels: How many.

    Returns:
        float `(SIDE, SIDE, channels)` from 0 to 1.
    """
    rows, columns = np.meshgrid(np.fft.fftfreq(SIDE), np.fft.rfftfreq(SIDE))
    frequency = np.maximum(np.hypot(rows, columns).T, 1 / SIDE)
    noise = random.normal(size=(SIDE, SIDE, channels))
    spectrum = np.fft.rfft2(noise, axes=(0, 1)) * frequency[:, :, None] ** -slope
    values = np.fft.irfft2(spectrum, s=(SIDE, SIDE), axes=(0, 1))
    low, high = np.quantile(values, [0.01, 0.99], axis=(0, 1))
    return np.clip((values - low) / (high - low), 0, 1)


def to_image(values: np.ndarray) -> Image.Image:
    """Make a picture of values `(SIDE, SIDE, 3)` from 0 to 1."""
    return Image.fromarray(np.round(255 * np.clip(values, 0, 1)).astype(np.uint8))


def photographed(random: Random, image: Image.Image) -> Image.Image:
    """Look at a drawn picture as a camera does: askew, uneven light, soft, noisy."""
    turned = image.rotate(
        float(random.normal(0, 4)), Image.Resampling.BILINEAR, fillcolor=colour(random)
    )
    soft = turned.filter(ImageFilter.GaussianBlur(float(random.uniform(0, 1.5))))
    light = 1 + 0.4 * (cloud(random, 2.5, 1) - 0.5)
    noise = random.normal(0, random.uniform(0, 0.04), (SIDE, SIDE, 1))
    return to_image(np.asarray(soft) / 255 * light * random.uniform(0.6, 1.1) + noise)
