"""What each analyzer costs in calls of the extractor, and in bytes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from export.bench.paired import in_turns, ratio
from export.third_party.drawn_text import draw_lines
from photo_interests.analysis.analyzers import choose_analyzers
from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.analysis.text.line_reader import LineReader
from photo_interests.analysis.text.text_reader import TextReader
from photo_interests.bundle.card import load_card
from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.models.extractor import Extractor
from photo_interests.photos.decode import decode
from photo_interests.photos.pixels import resize
from training.experiments.analyzers.detections import StoredFeatures
from training.experiments.analyzers.drawn_text import RECEIPT

PHOTOS = 16
REFERENCE = "extractor"


def measure(data: Path, bundle: Path, turns: int) -> dict[str, Any]:
    """Time the installed analyzers on photos that are decoded already.

    An analyzer's time has what it does with the decoded photo: resizing, the network,
    what follows it. The extractor's has its resizing too. One thread each.

    Args:
        data: Folder of the photo sets.
        bundle: Bundle whose extractor is the unit.
        turns: Times that each is timed, in turns.
    """
    card = load_card(bundle)
    analyzers = choose_analyzers(card)
    opened = analyzers.open()
    extractor = Extractor(bundle, card=card)
    paths = sorted((data / "everyday" / "photos" / "flickr8k").glob("*.jpg"))[:PHOTOS]
    images = [decode(path, INPUT_RULE).image for path in paths]

    def extract(image: Any) -> np.ndarray:
        return extractor(resize(image, INPUT_RULE)[None])[0]

    features = [extract(image) for image in images]

    def photos() -> list[DecodedPhoto]:
        # New ones each time, so that what a photo keeps is computed again.
        return [
            DecodedPhoto(path, image, StoredFeatures(row))
            for path, image, row in zip(paths, images, features, strict=True)
        ]

    def work(name: str) -> Callable[[], object]:
        return lambda: [opened[name](photo) for photo in photos()]

    works: dict[str, Callable[[], object]] = {name: work(name) for name in opened}
    works[REFERENCE] = lambda: [extract(image) for image in images]
    works["decoding"] = lambda: [decode(path, INPUT_RULE) for path in paths]
    works["all analyzers"] = lambda: [
        [analyze(photo) for analyze in opened.values()] for photo in photos()
    ]
    seconds = in_turns(works, turns)
    return {
        "photos": PHOTOS,
        "calls": {
            name: ratio(spent, seconds[REFERENCE])
            for name, spent in seconds.items()
            if name != REFERENCE
        },
        "bytes": {
            name: sum(record.bytes for record in one.files.values())
            for name, one in analyzers.cards.items()
        },
    }


def measure_text(bundle: Path, folder: Path, turns: int) -> dict[str, Any]:
    """Time the parts of the analyzer of text beside the extractor.

    Args:
        bundle: Bundle whose extractor is the unit.
        folder: Folder of the analyzer of text.
        turns: Times that each is timed, in turns.
    """
    extractor = Extractor(bundle)
    reader, read_line = TextReader(folder), LineReader(folder)
    pixels = np.zeros((1, INPUT_RULE.height, INPUT_RULE.width, 3), np.uint8)
    empty = Image.new("RGB", (640, 640), (200, 200, 200))
    line = draw_lines(RECEIPT[:1], size=30, width=420)
    receipt = draw_lines(RECEIPT)
    works: dict[str, Callable[[], object]] = {
        REFERENCE: lambda: [extractor(pixels) for _ in range(PHOTOS)],
        "finding lines": lambda: reader.read(empty),
        "reading a line": lambda: read_line([line]),
        f"a receipt of {len(RECEIPT)} lines": lambda: reader.read(receipt),
    }
    seconds = in_turns(works, turns)
    one = [spent / PHOTOS for spent in seconds[REFERENCE]]
    return {name: ratio(seconds[name], one) for name in works if name != REFERENCE}
