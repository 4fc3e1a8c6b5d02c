"""Lines read at several heights and widths: what that costs, and what it misreads."""

import shutil
import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from export.bench.paired import in_turns, ratio
from export.third_party.drawn_text import FONTS, draw_lines
from export.third_party.fetch import fetch
from export.third_party.lock import locked_files
from export.third_party.text import READER_MEMBER, unpack
from export.third_party.text_recogniser import write_recogniser
from photo_interests.analysis.text.line_reader import READER, LineReader
from photo_interests.analysis.text.text_reader import NAME, TextReader
from training.experiments.analyzers.drawn_text import RECEIPT
from training.experiments.analyzers.text import (
    ANGLES,
    SIZES,
    character_error,
    words_read,
)

TRIED = ((48, 1.0), (40, 1.0), (36, 1.15), (32, 1.25), (32, 1.0))
"""Height of a line in pixels, and how much wider than high it is made."""
REAL = {"receipts": 10, "screenshots": 20}
SURE = 0.9
"""Score from which what is read at the first height counts as right."""


def measure(data: Path, folder: Path, downloads: Path, turns: int) -> dict[str, Any]:
    """Compare heights of lines.

    Args:
        data: Folder of the photo sets.
        folder: Folder of the analyzer of text.
        downloads: Folder that keeps the files of third parties.
        turns: Times that each is timed, in turns.

    Returns:
        By height and stretch: words read and characters wrong on drawn receipts, the
        share of characters of real lines that is read otherwise than at the first
        height, and the time of the drawn lines in that of the first.
    """
    drawn = [
        draw_lines(RECEIPT, size, 23 * size, angle, font)
        for size in SIZES
        for angle in ANGLES
        for font in FONTS
    ]
    real = {
        source: [Image.open(path).convert("RGB") for path in paths[:number]]
        for source, number in REAL.items()
        for paths in [sorted((data / "everyday" / "photos" / source).glob("*.jpg"))]
    }
    with tempfile.TemporaryDirectory() as made:
        folders = _write(Path(made), folder, downloads)
        results = {
            name: _read(TextReader(one, stretch), drawn, real)
            for name, (one, stretch) in folders.items()
        }
        lines = [draw_lines((line,)) for line in RECEIPT]
        works = {
            name: partial(LineReader(one, stretch), lines)
            for name, (one, stretch) in folders.items()
        }
        seconds = in_turns(works, turns)
    first = next(iter(results))
    return {
        name: {
            **result["drawn"],
            "otherwise": {
                source: share_read_otherwise(results[first]["real"][source], own)
                for source, own in result["real"].items()
            },
            "time": ratio(seconds[name], seconds[first]),
        }
        for name, result in results.items()
    }


def _write(made: Path, folder: Path, downloads: Path) -> dict[str, tuple[Path, float]]:
    """Write an analyzer for each height; returns its folder and stretch by its name."""
    wheels = [fetch(file, downloads) for file in locked_files(NAME)]
    source = unpack(wheels, READER_MEMBER, made)
    folders = {}
    for height, stretch in TRIED:
        one = made / str(height)
        if not one.exists():
            shutil.copytree(folder, one)
            write_recogniser(source, one / READER, height)
        folders[f"{height} px x {stretch:g}"] = one, stretch
    return folders


def _read(
    reader: TextReader, drawn: list[Image.Image], real: dict[str, list[Image.Image]]
) -> dict[str, Any]:
    wanted = "\n".join(RECEIPT)
    texts = ["\n".join(line.text for line in reader.read(one)) for one in drawn]
    return {
        "drawn": {
            "words_read": float(np.mean([words_read(wanted, one) for one in texts])),
            "character_error": float(
                np.mean([character_error(wanted, one) for one in texts])
            ),
        },
        "real": {
            source: [{line.box: line for line in reader.read(one)} for one in images]
            for source, images in real.items()
        },
    }


def share_read_otherwise(first: list[Any], second: list[Any]) -> float:
    """Share of characters of sure lines that is read otherwise; lines by their box."""
    wrong = letters = 0.0
    for one, other in zip(first, second, strict=True):
        for box, line in one.items():
            if line.score >= SURE:
                received = other[box].text if box in other else ""
                wrong += character_error(line.text, received) * len(line.text)
                letters += len(line.text)
    return wrong / letters
