"""Reading photos: ways to decode one, and whole folders by one and by all cores."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from export.bench.paired import Work, exponent, in_turns, ratio
from export.bench.photo_reading import (
    DIFFERENT,
    HEIGHT,
    WIDTH,
    draw_photo,
    read_plainly,
)
from export.bench.settings import Settings
from photo_interests.bundle.card import Card, load_card
from photo_interests.photos.photo_reader import PhotoReader
from photo_interests.photos.pixels import read_pixels
from photo_interests.photos.processes import usable_cores, warm_up
from photo_interests.predict import predict_photos

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
from training.reports.measurement import peak_memory_bytes
bundle, folder, count = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
paths = sorted(folder.iterdir())
paths = [paths[index % len(paths)] for index in range(count)]
predict_photos(paths, PhotoReader(bundle, load_card(bundle), 1, 1))
print(peak_memory_bytes())
"""


def measure_reading(settings: Settings) -> dict[str, Any]:
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
        paths = _drawn(Path(folder), DIFFERENT if settings.quick else PHOTOS)
        decode = in_turns(_decoders(paths[0], card), settings.turns(DECODED))
        ways: dict[str, Work] = {
            "plain": lambda: read_plainly(paths, settings.bundle, card),
            "one": _predicting(settings.bundle, card, paths, 1),
            "all": _predicting(settings.bundle, card, paths, cores),
            "few": _predicting(settings.bundle, card, paths[: len(paths) // 4], 1),
        }
        seconds = in_turns(ways, settings.turns(TURNS), warm_up=0)
        peaks = {
            count: _peak(settings.bundle, Path(folder), count)
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


def _predicting(bundle: Path, card: Card, paths: list[Path], processes: int) -> Work:
    return lambda: predict_photos(
        paths, PhotoReader(bundle, card, processes, threads=1)
    )


def _drawn(folder: Path, photos: int) -> list[Path]:
    paths = [folder / f"{index}.jpg" for index in range(photos)]
    for index, path in enumerate(paths):
        if index < DIFFERENT:
            draw_photo(path, seed=index)
        else:
            path.hardlink_to(paths[index % DIFFERENT])
    return paths


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


def _peak(bundle: Path, folder: Path, count: int) -> int:
    arguments = [sys.executable, "-c", MEMORY, str(bundle), str(folder), str(count)]
    done = subprocess.run(arguments, check=True, capture_output=True, text=True)
    return int(json.loads(done.stdout))
