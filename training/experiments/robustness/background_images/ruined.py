"""Background photos in which no object can be recognised any more."""

import numpy as np
from PIL import Image, ImageFilter

from training.experiments.robustness.background_images.drawing import (
    SIDE,
    Random,
    to_image,
)

Photos = np.ndarray
"""uint8 `(photos, height, width, 3)` of one split, to draw from."""


def _photo(random: Random, photos: Photos) -> Image.Image:
    one = Image.fromarray(photos[int(random.integers(len(photos)))])
    return one if one.size == (SIDE, SIDE) else one.resize((SIDE, SIDE))


def blurred(random: Random, photos: Photos) -> Image.Image:
    """A photo so far out of focus that only colours are left."""
    radius = float(random.uniform(12, 30))
    return _photo(random, photos).filter(ImageFilter.GaussianBlur(radius))


def fragment(random: Random, photos: Photos) -> Image.Image:
    """A small part of a photo, enlarged."""
    side = int(random.integers(14, 40))
    left, top = random.integers(0, SIDE - side, 2).tolist()
    part = _photo(random, photos).crop((left, top, left + side, top + side))
    return part.resize((SIDE, SIDE), Image.Resampling.BICUBIC)


def patchwork(random: Random, photos: Photos) -> Image.Image:
    """Squares of many photos."""
    parts = (4, 7, 8)[int(random.integers(3))]
    side = SIDE // parts
    whole = Image.new("RGB", (SIDE, SIDE))
    for row in range(parts):
        for column in range(parts):
            left, top = random.integers(0, SIDE - side, 2).tolist()
            part = _photo(random, photos).crop((left, top, left + side, top + side))
            whole.paste(part, (column * side, row * side))
    return whole


def scrambled(random: Random, photos: Photos) -> Image.Image:
    """A photo's spectrum with random phases: its texture without its things."""
    values = np.asarray(_photo(random, photos)) / 255
    noise = np.fft.rfft2(random.normal(size=(SIDE, SIDE, 1)), axes=(0, 1))
    spectrum = np.abs(np.fft.rfft2(values - values.mean((0, 1)), axes=(0, 1)))
    mixed = np.fft.irfft2(spectrum * noise / np.abs(noise), s=(SIDE, SIDE), axes=(0, 1))
    return to_image(values.mean((0, 1)) + mixed)


def dark(random: Random, photos: Photos) -> Image.Image:
    """A photo taken in the dark: nearly black, and noise."""
    values = np.asarray(_photo(random, photos)) / 255 * random.uniform(0.01, 0.06)
    return to_image(
        values + random.normal(0.02, random.uniform(0.01, 0.06), values.shape)
    )


KINDS = (blurred, fragment, patchwork, scrambled, dark)
