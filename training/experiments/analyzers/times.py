"""What each analyzer costs in calls of the extractor, and in bytes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from export.bench.paired import in_turns, ratio
from photo_interests.analysis.analyzers import choose_analyzers
from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.bundle.card import load_card
from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.models.extractor import Extractor
from photo_interests.photos.decode import decode
from photo_interests.photos.pixels import resize
from training.experiments.analyzers.detections import StoredFeatures

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
