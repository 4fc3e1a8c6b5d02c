"""Features of the app's whole path, from file to bytes, against Python's."""

import logging
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif

from photo_interests.bundle.card import load_card
from photo_interests.models.extractor import Extractor
from photo_interests.photos.pixels import read_pixels
from training.experiments.app.gradle import run_gradle
from training.experiments.app.parity_photos import draw_parity_photos

LOG = logging.getLogger(__name__)


def compare_with_app(
    bundle: Path, directory: Path, names: Sequence[str] | None = None
) -> dict[str, Any]:
    """Draw photos, read them here and in the app on the JVM, and compare.

    Args:
        bundle: that both read with.
        directory: an existing folder for the photos and their features.
        names: of the photos; all if None.

    Returns:
        Statistics of `summarised`.

    Raises:
        ValueError: the app did not run, or a photo is further off than the card allows.
    """
    pillow_heif.register_heif_opener()
    photos = draw_parity_photos(directory, names)
    card = load_card(bundle)
    extractor = Extractor(bundle, card=card)
    for photo in photos:
        features = extractor(read_pixels(photo, card.input)[None])[0]
        Path(f"{photo}.features").write_bytes(features.tobytes())
    LOG.info("%d photos drawn and read; the app's turn", len(photos))
    options = [
        f"-PbundleDirectory={bundle.resolve()}",
        f"-Pparity={directory.resolve()}",
    ]
    found = run_gradle(["measure", *options])
    drawn = [photo.name for photo in photos]
    return summarised(drawn, found, card.tolerances.features_cosine_distance)


def summarised(
    drawn: Sequence[str], found: Mapping[str, float], bound: float
) -> dict[str, Any]:
    """Gather cosine distances.

    Args:
        drawn: names of all photos.
        found: distance of those that the app could read, by name.
        bound: largest distance allowed.

    Returns:
        `bound`, `distances` by photo, their `mean` and `maximum`, and the names
        `not_read`.

    Raises:
        ValueError: no photo was compared, or one is beyond `bound`.
    """
    distances = {name: found[name] for name in drawn if name in found}
    if not distances:
        raise ValueError("photos: expected the app to read some, received none")
    far = {name: value for name, value in distances.items() if not value <= bound}
    if far:
        raise ValueError(f"cosine distance: expected at most {bound:g}, received {far}")
    values = np.array(list(distances.values()))
    return {
        "bound": bound,
        "distances": distances,
        "mean": float(values.mean()),
        "maximum": float(values.max()),
        "not_read": [name for name in drawn if name not in found],
    }
