"""The released bundles of interests, in units of one call of an extractor."""

from pathlib import Path
from typing import Any

import numpy as np

from export.answers import event_weights
from export.bench.paired import Settings, Work, in_turns, ratio
from export.signature_runner import SignatureRunner
from photo_interests.bundle.card import load_card
from photo_interests.bundle.location import find_bundle
from photo_interests.models.extractor import Extractor
from training.interests.bases import OF_BUNDLES

FIRST, OTHER = OF_BUNDLES
MANY = 1000
TURNS = 25
EXTRACTOR = "extractor"


def measure(settings: Settings) -> dict[str, Any]:
    """Time the released files on one thread in turns, whatever bundle is named.

    Args:
        settings: Number of turns.

    Returns:
        Ratios to one call of the extractor of everyday, for each of its files, `int8`
        and `float`: `many` photos at once, `add` one photo to a state, `finish` a
        state. Under the name of the other bundle the same of its own extractor, and
        `extractor`: the ratio of both.
    """
    works = {name: _works(find_bundle(name)) for name in (FIRST, OTHER)}
    flat = {
        f"{name}/{work}": do for name, own in works.items() for work, do in own.items()
    }
    before = works[FIRST][EXTRACTOR]
    seconds = in_turns(flat, settings.turns(TURNS), before=before)
    found: dict[str, dict[str, Any]] = {
        name: {
            work: ratio(seconds[f"{name}/{work}"], seconds[f"{name}/{EXTRACTOR}"])
            for work in own
            if work != EXTRACTOR
        }
        for name, own in works.items()
    }
    units = (seconds[f"{name}/{EXTRACTOR}"] for name in (OTHER, FIRST))
    found[OTHER][EXTRACTOR] = ratio(*units)
    card = load_card(find_bundle(FIRST))
    return {
        "many_photos": MANY,
        "interests": len(card.interests),
        "kinds": len(card.kinds),
        **found.pop(FIRST),
        **found,
    }


def _works(bundle: Path) -> dict[str, Work]:
    card = load_card(bundle)
    state = card.aggregator.state
    assert state is not None
    extractor = Extractor(bundle, threads=1, card=card)
    photo = np.zeros((1, card.input.height, card.input.width, 3), np.uint8)
    random = np.random.default_rng(MANY)
    features = random.integers(0, 256, (MANY, card.features.dimension), np.uint8)
    weights, initial = event_weights(MANY), np.zeros(state.shape, np.float32)
    works: dict[str, Work] = {EXTRACTOR: lambda: extractor(photo)}
    files = {"int8": card.aggregator.run_file, "float": card.aggregator.file}
    for name, file in files.items():
        run = SignatureRunner(bundle / file, threads=1)
        works |= _readout(name, run, features, weights, initial)
    return works


def _readout(
    name: str,
    run: SignatureRunner,
    features: np.ndarray,
    weights: np.ndarray,
    state: np.ndarray,
) -> dict[str, Work]:
    one = {"features": features[:1], "weights": weights[:1]}
    return {
        f"{name}, many": lambda: run("predict", features=features, weights=weights),
        f"{name}, add": lambda: run("update", state=state, **one),
        f"{name}, finish": lambda: run("finish", state=state),
    }
