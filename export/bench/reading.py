"""Reading photos: ways to decode one, and whole folders by one and by all cores."""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageOps

from export.bench.paired import Settings, Work, exponent, in_turns, ratio
from photo_interests.bundle.card import Card, load_card
from photo_interests.models.extractor import Extractor
from photo_interests.photos.photo_reader import PhotoReader
from photo_interests.photos.pixels import read_pixels
from photo_interests.photos.processes import usable_cores, warm_up
from photo_interests.predict import predict_photos

WIDTH, HEIGHT = 4032, 3024  # 12 megapixels, as phones take them
QUALITY = 92
DIFFERENT = 12
"""Photos that are drawn, which takes longer than reading; the others are links."""
PHOTOS = 64
TURNS = 5
DECODED = 15
MEMORY_PHOTOS = (24, 240)
MEMORY = """
import sys
from pathlib import Path
from photo_interests.bundle.card import load_card
from photo_interests.photos.photo_reader import PhotoReader
from photo_interests.predict import predict_photos
from training.runs import peak_memory_bytes
bundle, folder, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
paths = sorted(folder.iterdir())
paths = [paths[index % len(paths)] for index in range(count)]
predict_photos(paths, PhotoReader(bundle, load_card(bundle), 1, 1))
print(peak_memory_bytes())
"""


def measure(settings: Settings) -> dict[str, Any]:
    """Time decoding, then `photo-interests predict` against a plain loop.

    The folder has JPEGs of 12 megapixels. Predicting counts the start of its processes
    and the interests; the plain loop has neither.

    Returns:
        `megapixels`, `photos`, `cores`; `decode`: ratios of each way to decode to a
        full decode; `one_process` and `all_cores`: the plain loop's time over
        predict's; `cores_gain`: one process's time over all cores'; `photos_exponent`
        of predict over a quarter of the photos and all; `peak_bytes` of predict by
        number of photos and `memory_exponent`.
    """
    card = load_card(settings.bundle)
    cores = usable_cores()
    warm_up()
    with tempfile.TemporaryDirectory() as folder:
        paths = draw_photos(Path(folder), DIFFERENT if settings.quick else PHOTOS)
        decode = in_turns(_decoders(paths[0], card), settings.turns(DECODED))
        ways: dict[str, Work] = {
            "plain": lambda: read_plainly(paths, settings.bundle, card),
            "one": _predicting(settings.bundle, card, paths, 1),
            "all": _predicting(settings.bundle, card, paths, cores),
            "few": _predicting(settings.bundle, card, paths[: len(paths) // 4], 1),
        }
        seconds = in_turns(ways, settings.turns(TURNS), warm_up=0)
        peaks = {
            count: _peak_bytes(settings.bundle, Path(folder), count)
            for count in (MEMORY_PHOTOS if not settings.quick else (2, 20))
        }
    full = decode.pop("full decode, then resize")
    medians = {name: float(np.median(times)) for name, times in seconds.items()}
    return {
        "megapixels": round(WIDTH * HEIGHT / 1e6),
        "photos": len(paths),
        "cores": cores,
        "decode": {name: ratio(times, full) for name, times in decode.items()},
        "one_process": ratio(seconds["plain"], seconds["one"]),
        "all_cores": ratio(seconds["plain"], seconds["all"]),
        "cores_gain": ratio(seconds["one"], seconds["all"]),
        "photos_exponent": exponent(
            (len(paths) // 4, len(paths)), (medians["few"], medians["one"])
        ),
        "peak_bytes": peaks,
        "memory_exponent": exponent(list(peaks), list(peaks.values())),
    }


def draw_photos(folder: Path, count: int) -> list[Path]:
    """Draw JPEGs as hard to decode as photos: structure at all scales, and noise.

    Args:
        folder: Gets the files.
        count: Number of files; those after the first `DIFFERENT` repeat them.
    """
    paths = [folder / f"{index}.jpg" for index in range(count)]
    for index, path in enumerate(paths):
        if index >= DIFFERENT:
            path.hardlink_to(paths[index % DIFFERENT])
            continue
        generator = np.random.default_rng(index)
        total = generator.normal(0, 5, (HEIGHT, WIDTH, 3)).astype(np.float32)
        for cells in (4, 16, 64, 256):
            coarse = generator.integers(0, 256, (cells, cells, 3), dtype=np.uint8)
            layer = Image.fromarray(coarse)
            layer = layer.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)
            total += np.asarray(layer, np.float32) / 4
        image = Image.fromarray(total.clip(0, 255).astype(np.uint8))
        image.save(path, quality=QUALITY)
    return paths


def read_plainly(photos: Sequence[Path], bundle: Path, card: Card) -> None:
    """Read photos as most programs do: decode in full, resize, extract, next."""
    extractor = Extractor(bundle, threads=1, card=card)
    size = (card.input.width, card.input.height)
    for path in photos:
        with Image.open(path) as image:
            upright = ImageOps.exif_transpose(image).convert("RGB")
        small = upright.resize(size, Image.Resampling.BILINEAR)
        extractor(np.asarray(small)[None])


def _predicting(bundle: Path, card: Card, paths: list[Path], processes: int) -> Work:
    return lambda: predict_photos(
        paths, PhotoReader(bundle, card, processes, threads=1)
    )


def _decoders(path: Path, card: Card) -> dict[str, Work]:
    size = (card.input.width, card.input.height)

    def full() -> None:
        with Image.open(path) as image:
            image.convert("RGB").resize(size, Image.Resampling.BILINEAR)

    def smallest() -> None:
        with Image.open(path) as image:
            image.draft("RGB", size)
            image.convert("RGB").resize(size, Image.Resampling.BILINEAR)

    def thumbnail() -> None:
        with Image.open(path) as image:
            image.thumbnail(size)

    return {
        "full decode, then resize": full,
        "ours: reduced as far as the card allows, then resize": lambda: read_pixels(
            path, card.input
        ),
        "smallest decode that is large enough": smallest,
        "Pillow's thumbnail, proportions kept": thumbnail,
    }


def _peak_bytes(bundle: Path, folder: Path, count: int) -> int:
    arguments = [sys.executable, "-c", MEMORY, str(bundle), str(folder), str(count)]
    done = subprocess.run(arguments, check=True, capture_output=True, text=True)
    return int(done.stdout)
