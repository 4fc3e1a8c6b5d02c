"""What text costs in calls of the extractor: its parts, and photos behind the gate."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from export.bench.paired import in_turns, ratio
from export.third_party.drawn_text import draw_lines
from photo_interests.analysis.card import load_analyzer
from photo_interests.analysis.text.line_reader import LineReader
from photo_interests.analysis.text.text_reader import NAME, TextReader
from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.models.extractor import Extractor
from photo_interests.photos.decode import decode
from training.experiments.analyzers.drawn_text import RECEIPT
from training.experiments.analyzers.texts import gate_probability
from training.galleries.photos import load_everyday_photos
from training.interests.extract import everyday_rows

CALLS = 16
"""Of the extractor, in each turn."""
REFERENCE = "extractor"
SIDES = ((640, 640), (480, 640), (320, 640))
"""Width and height of pictures without text, as the detector takes them."""
SETS = ("receipts", "screenshots")
OTHERS = "others"
EACH = 8
"""Photos of each set that are timed, spread over it."""
Images = list[Image.Image]


def measure(bundle: Path, folder: Path, data: Path, turns: int) -> dict[str, Any]:
    """Time the analyzer of text beside the extractor.

    Args:
        bundle: Bundle whose extractor is the unit, and whose kinds are the gate.
        folder: Folder of the analyzer of text.
        data: Folder of the photo sets.
        turns: Times that each is timed, in turns.

    Returns:
        Extractor calls of each part. Under `photos`, those of an everyday photo that
        the gate lets through, by its set with the number of such photos; `all` weighs
        the sets by that number.
    """
    extractor = Extractor(bundle)
    reader, read_line = TextReader(folder), LineReader(folder)
    pixels = np.zeros((1, INPUT_RULE.height, INPUT_RULE.width, 3), np.uint8)
    line, receipt = draw_lines(RECEIPT[:1], 30, 420), draw_lines(RECEIPT)
    works: dict[str, Callable[[], object]] = {
        REFERENCE: lambda: [extractor(pixels) for _ in range(CALLS)],
        "reading a line": lambda: read_line([line]),
        f"a receipt of {len(RECEIPT)} lines": lambda: reader.read(receipt),
    }
    for sides in SIDES:
        empty = Image.new("RGB", sides, (200, 200, 200))
        works["finding lines, {} x {}".format(*sides)] = partial(reader.read, empty)
    parts = list(works)[1:]
    counts, images = _photos_behind_the_gate(bundle, folder, data)
    works |= {name: partial(_read_all, reader, own) for name, own in images.items()}
    seconds = in_turns(works, turns)
    call = [spent / CALLS for spent in seconds[REFERENCE]]
    photos = {
        name: ratio([spent / len(own) for spent in seconds[name]], call)
        for name, own in images.items()
    }
    number = sum(counts.values())
    total = sum(counts[name] * photos[name]["value"] for name in counts)
    return {
        **{name: ratio(seconds[name], call) for name in parts},
        "photos": {
            **{name: {"photos": counts[name], **photos[name]} for name in counts},
            "all": {"photos": number, "value": total / number},
        },
    }


def _photos_behind_the_gate(
    bundle: Path, folder: Path, data: Path
) -> tuple[dict[str, int], dict[str, Images]]:
    """Number of everyday photos of each set, and some of them, decoded."""
    card = load_analyzer(folder, NAME)
    opened = gate_probability(load_everyday_photos(), bundle, card)
    paths: dict[str, list[Path]] = {name: [] for name in (*SETS, OTHERS)}
    for row, likely in zip(everyday_rows(data, "labels.csv"), opened, strict=True):
        if likely >= card.thresholds["gate"]:
            name = row["source"] if row["source"] in SETS else OTHERS
            paths[name].append(data / "everyday" / "photos" / row["photo"])
    images = {
        name: [decode(path, INPUT_RULE).image for path in own[:: -(-len(own) // EACH)]]
        for name, own in paths.items()
    }
    return {name: len(own) for name, own in paths.items()}, images


def _read_all(reader: TextReader, images: Images) -> None:
    for image in images:
        reader.read(image)
