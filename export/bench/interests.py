"""The released bundle of interests, in units of one call of its extractor."""

from typing import Any

import numpy as np

from export.answers import event_weights
from export.bench.paired import Settings, Work, in_turns, ratio
from export.signature_runner import SignatureRunner
from photo_interests.bundle.card import load_card
from photo_interests.bundle.location import find_bundle
from photo_interests.models.extractor import Extractor

BUNDLE = "everyday"
MANY = 1000
TURNS = 25


def measure(settings: Settings) -> dict[str, Any]:
    """Time the released files on one thread, whatever bundle the settings name.

    Args:
        settings: Number of turns.

    Returns:
        Ratios to one call of the extractor for each file, `int8` and `float`: `many`
        photos at once, `add` one photo to a state, `finish` a state.
    """
    bundle = find_bundle(BUNDLE)
    card = load_card(bundle)
    state = card.aggregator.state
    assert state is not None
    extractor = Extractor(bundle, threads=1, card=card)
    photo = np.zeros((1, card.input.height, card.input.width, 3), np.uint8)
    random = np.random.default_rng(MANY)
    features = random.integers(0, 256, (MANY, card.features.dimension), np.uint8)
    weights, initial = event_weights(MANY), np.zeros(state.shape, np.float32)

    def extract() -> np.ndarray:
        return extractor(photo)

    works: dict[str, Work] = {"extractor": extract}
    files = {"int8": card.aggregator.run_file, "float": card.aggregator.file}
    for name, file in files.items():
        run = SignatureRunner(bundle / file, threads=1)
        works |= _works(name, run, features, weights, initial)
    seconds = in_turns(works, settings.turns(TURNS), before=extract)
    unit = seconds.pop("extractor")
    return {
        "many_photos": MANY,
        "interests": len(card.interests),
        "kinds": len(card.kinds),
        **{name: ratio(times, unit) for name, times in seconds.items()},
    }


def _works(
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
