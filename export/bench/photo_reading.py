"""How fast photos are read: several processes and reduced decoding, or a plain loop.

    python -m export.bench.photo_reading --bundle models/everyday-178

Draws 12-megapixel JPEGs, reads them all both ways with the same extractor, in
turns, and prints the median photos per second of each and their ratio.
"""

import json
import logging
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Annotated

import numpy as np
import typer
from PIL import Image, ImageOps

from photo_interests.bundle.card import Card, load_card
from photo_interests.bundle.location import find_bundle
from photo_interests.models.extractor import Extractor
from photo_interests.photos.photo_error import PhotoError
from photo_interests.photos.photo_reader import PhotoReader
from photo_interests.photos.processes import usable_cores, warm_up

LOG = logging.getLogger(__name__)
WIDTH, HEIGHT = 4032, 3024  # 12 megapixels, as phones take them
PHONE_QUALITY = 92
DIFFERENT = 12  # drawing takes longer than reading; the others are links to these


@dataclass(frozen=True)
class Speeds:
    """Photos per second.

    Attributes:
        photos: how many were read each time.
        repeats: how often; the speeds are medians.
        ours: as `photo-interests predict` reads them.
        plain: full decode, resize and extractor in one thread.
        ratio: ours over plain, the median over the turns.
    """

    photos: int
    repeats: int
    ours: float
    plain: float
    ratio: float


def draw_photo(path: Path, seed: int) -> None:
    """Draw a JPEG as hard to decode as a photo: structure at all scales, and noise."""
    generator = np.random.default_rng(seed)
    total = generator.normal(0, 5, (HEIGHT, WIDTH, 3)).astype(np.float32)
    for cells in (4, 16, 64, 256):
        coarse = generator.integers(0, 256, (cells, cells, 3), dtype=np.uint8)
        layer = Image.fromarray(coarse).resize(
            (WIDTH, HEIGHT), Image.Resampling.BICUBIC
        )
        total += np.asarray(layer, np.float32) / 4
    image = Image.fromarray(total.clip(0, 255).astype(np.uint8))
    image.save(path, quality=PHONE_QUALITY)


def read_plainly(photos: Sequence[Path], bundle: Path, card: Card) -> None:
    """The loop most programs have: decode in full, resize, extract, next."""
    extractor = Extractor(bundle, threads=1, card=card)
    size = (card.input.width, card.input.height)
    for path in photos:
        with Image.open(path) as image:
            upright = ImageOps.exif_transpose(image).convert("RGB")
        small = upright.resize(size, Image.Resampling.BILINEAR)
        extractor(np.asarray(small)[None])


def read_as_predict(
    photos: Sequence[Path], bundle: Path, card: Card, processes: int
) -> None:
    """The way of `photo-interests predict`, its processes' start included."""
    for _, outcome in PhotoReader(bundle, card, processes, threads=1).read(photos):
        if isinstance(outcome, PhotoError):
            raise outcome


def measure(
    photos: Sequence[Path], bundle: Path, processes: int, repeats: int
) -> Speeds:
    """Read photos both ways in turns, so that other load falls on both."""
    card = load_card(bundle)
    ours: list[float] = []
    plain: list[float] = []
    for turn in range(repeats):
        plain.append(_seconds(lambda: read_plainly(photos, bundle, card)))
        ours.append(_seconds(lambda: read_as_predict(photos, bundle, card, processes)))
        LOG.info("turn %d: plain %.2f s, ours %.2f s", turn + 1, plain[-1], ours[-1])
    return Speeds(
        photos=len(photos),
        repeats=repeats,
        ours=len(photos) / median(ours),
        plain=len(photos) / median(plain),
        ratio=median(p / o for p, o in zip(plain, ours, strict=True)),
    )


def compare_speeds(
    bundle: Path, photos: int, repeats: int, processes: int | None = None
) -> Speeds:
    """Draw photos and read them both ways.

    Args:
        bundle: that reads.
        photos: how many; few are drawn, the others are links to these.
        repeats: turns of each way.
        processes: of ours; one for each core if None.
    """
    warm_up()
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{index}.jpg" for index in range(photos)]
        for index, path in enumerate(paths):
            if index < DIFFERENT:
                draw_photo(path, seed=index)
            else:
                path.hardlink_to(paths[index % DIFFERENT])
        return measure(paths, bundle, processes or usable_cores(), repeats)


def _seconds(work: Callable[[], None]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main(
    bundle: Annotated[Path | None, typer.Option(help="Bundle that reads.")] = None,
    photos: Annotated[int, typer.Option(min=1, help="Photos to read.")] = 96,
    repeats: Annotated[int, typer.Option(min=1, help="Turns of each way.")] = 5,
    processes: Annotated[int | None, typer.Option(min=1, help="Of ours.")] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", help="Write the numbers there.")
    ] = None,
) -> None:
    """Compare the speed of reading 12-megapixel JPEGs with a plain loop's."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    speeds = compare_speeds(bundle or find_bundle(), photos, repeats, processes)
    typer.echo(
        f"ours {speeds.ours:.1f} photos/s, plain loop {speeds.plain:.1f} photos/s, "
        f"ratio {speeds.ratio:.2f}"
    )
    if json_file is not None:
        json_file.write_text(json.dumps(asdict(speeds), indent=2) + "\n")


if __name__ == "__main__":
    typer.run(main)
