"""Drawn photos of every kind in which the decoders of Android and Python may differ."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageFilter

from export.display_p3 import display_p3_profile
from export.golden_images import ORIENTATION, draw_scene

PHONE = (4000, 3000)
LARGEST = (8000, 6000)
SMALL = (640, 480)


def draw_parity_photos(
    directory: Path, names: Iterable[str] | None = None
) -> list[Path]:
    """Draw photos into an existing folder.

    Args:
        directory: where to.
        names: which of `PHOTOS`; all if None.

    Returns:
        Their paths.

    Raises:
        KeyError: a name is unknown.
    """
    paths = []
    for name in PHOTOS if names is None else names:
        path = directory / name
        PHOTOS[name](path)
        paths.append(path)
    return paths


def _scene(size: tuple[int, int], seed: int) -> Image.Image:
    """Drawn small, so that large photos are as soft as those of a lens."""
    width, height = size
    shrink = max(1, max(size) // 1200)
    small = draw_scene(width // shrink, height // shrink, seed)
    return small.resize(size, Image.Resampling.BICUBIC)


def _save(
    path: Path,
    seed: int,
    size: tuple[int, int] = SMALL,
    mode: str = "RGB",
    orientation: int = 1,
    **options: Any,
) -> None:
    if orientation != 1:
        exif = Image.Exif()
        exif[ORIENTATION] = orientation
        options["exif"] = exif
    _scene(size, seed).convert(mode).save(path, **options)


def _noisy(path: Path, seed: int) -> None:
    """As a photo by night: noise on each pixel, then a weak blur as of its removal."""
    noise = np.random.default_rng(seed).normal(0, 18, (3000, 4000, 3))
    image = np.asarray(_scene(PHONE, seed), np.float32) + noise
    photo = Image.fromarray(image.clip(0, 255).astype(np.uint8))
    photo.filter(ImageFilter.GaussianBlur(1)).save(path, quality=92)


def _transparent(path: Path, seed: int, mode: str = "RGBA", **options: Any) -> None:
    image = _scene(SMALL, seed).convert(mode[:-1])
    image.putalpha(_scene(SMALL, seed + 1).convert("L"))
    image.save(path, **options)


def _sixteen_bit(path: Path, seed: int) -> None:
    values = np.asarray(_scene(SMALL, seed).convert("L"), np.uint16) * 257
    Image.fromarray(values).save(path)


def _colours(path: Path, seed: int, transparent: bool, **options: Any) -> None:
    image = _scene(SMALL, seed).quantize(64)
    if transparent:
        options["transparency"] = 0
    image.save(path, **options)


PHOTOS: dict[str, Callable[[Path], None]] = {
    **{
        f"turned-{turn}.jpg": partial(
            _save, seed=turn, size=(1600, 1200), orientation=turn
        )
        for turn in range(1, 9)
    },
    "phone-12-megapixels.jpg": partial(_save, seed=20, size=PHONE, quality=92),
    "phone-12-megapixels-upright.jpg": partial(
        _save, seed=21, size=PHONE, orientation=6, quality=92
    ),
    "phone-48-megapixels.jpg": partial(_save, seed=22, size=LARGEST, quality=90),
    "phone-48-megapixels-upright.jpg": partial(
        _save, seed=23, size=LARGEST, orientation=8, quality=90
    ),
    "noise-12-megapixels.jpg": partial(_noisy, seed=24),
    "cmyk.jpg": partial(_save, seed=30, mode="CMYK", quality=90),
    "cmyk-12-megapixels.jpg": partial(
        _save, seed=31, size=PHONE, mode="CMYK", quality=90
    ),
    "grey.jpg": partial(_save, seed=32, mode="L"),
    "grey.png": partial(_save, seed=33, mode="L"),
    "grey-16-bit.png": partial(_sixteen_bit, seed=34),
    "grey-transparent.png": partial(_transparent, seed=35, mode="LA"),
    "transparent.png": partial(_transparent, seed=36),
    "transparent.webp": partial(_transparent, seed=38, lossless=True),
    "colours.png": partial(_colours, seed=40, transparent=False),
    "colours-transparent.png": partial(_colours, seed=41, transparent=True),
    "colours.gif": partial(_colours, seed=42, transparent=False),
    "display-p3.jpg": partial(_save, seed=43, icc_profile=display_p3_profile()),
    "progressive.jpg": partial(_save, seed=44, size=(1600, 1200), progressive=True),
    "no-subsampling.jpg": partial(_save, seed=45, subsampling=0, quality=95),
    "low-quality.jpg": partial(_save, seed=46, quality=25),
    "panorama.jpg": partial(_save, seed=47, size=(6000, 1000)),
    "screenshot.png": partial(_save, seed=48, size=(1080, 2340)),
    "lossy.webp": partial(_save, seed=49, quality=80),
    "tiny.png": partial(_save, seed=50, size=(40, 30)),
    "heic.heic": partial(_save, seed=51, size=(1600, 1200), quality=80),
    "heic-upright.heic": partial(
        _save, seed=52, size=(1600, 1200), orientation=6, quality=80
    ),
}
"""How each photo is drawn, by its file's name."""

FEW = (
    "turned-6.jpg",
    "phone-12-megapixels.jpg",
    "cmyk.jpg",
    "grey.jpg",
    "transparent.png",
    "display-p3.jpg",
    "heic.heic",
)
"""Those that every run of the tests compares: one of each kind."""
