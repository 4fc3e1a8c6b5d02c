"""The scalars of photo evidence: that they answer to what they are fitted on."""

import numpy as np
import pytest

from training.aggregators.evidence_scalars import (
    LabelledSets,
    fit_scalars,
    tune_size_penalty,
)
from training.aggregators.photo_evidence import SCALARS

CATEGORIES = 12
PHOTOS = 600


@pytest.fixture(scope="module")
def photos() -> tuple[np.ndarray, np.ndarray]:
    """Logits of noisy photos, the last 300 of no interest, and their classes."""
    random = np.random.default_rng(0)
    classes = random.integers(0, CATEGORIES, PHOTOS)
    classes[PHOTOS // 2 :] = CATEGORIES
    logits = random.normal(0, 1.5, (PHOTOS, CATEGORIES + 1))
    logits[np.arange(PHOTOS), classes] += 3.5
    return logits, classes


def sets(
    classes: np.ndarray, size: int, weight: float = 1.0, users: int = 80
) -> LabelledSets:
    """Users of three interests; seven tenths of their photos are of none."""
    random = np.random.default_rng(size)
    truth = np.zeros((users, CATEGORIES), np.uint8)
    numbers = []
    for user in range(users):
        liked = random.choice(CATEGORIES, 3, replace=False)
        truth[user, liked] = 1
        shown = random.choice(
            np.flatnonzero(np.isin(classes, liked)), size - 7 * size // 10
        )
        truth[user] = np.bincount(classes[shown], minlength=CATEGORIES)[:CATEGORIES] > 0
        nothing = random.choice(np.flatnonzero(classes == CATEGORIES), 7 * size // 10)
        numbers.append(np.concatenate([shown, nothing]))
    return LabelledSets.of(numbers, truth, weight, PHOTOS)


def false_positives(
    scalars: dict[str, float], logits: np.ndarray, scenario: LabelledSets
) -> float:
    """Of a user, by the plain equations."""
    scaled = scalars["scale"] * logits
    scaled[:, -1] += scalars["none_offset"]
    chances = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    chances = (chances / chances.sum(axis=1, keepdims=True))[:, :-1]
    odds = np.exp(scalars["inverse_temperature"] * np.log(chances / (1 - chances)))
    pooled = np.log(scenario.members @ odds) / scalars["inverse_temperature"]
    answers = scalars["slope"] * pooled + scalars["offset"]
    answers -= scalars["set_size_penalty"] * scenario.log_photos
    return float(((answers > 0) & (scenario.truth == 0)).sum(axis=1).mean())


def test_the_bar_grows_with_the_photos(photos: tuple[np.ndarray, np.ndarray]) -> None:
    logits, classes = photos
    scenarios = [sets(classes, 10), sets(classes, 300, users=30)]
    assert fit_scalars(logits, classes, scenarios, 0.02)["set_size_penalty"] > 0.05


def test_growth_is_raised_until_few_interests_are_false(
    photos: tuple[np.ndarray, np.ndarray],
) -> None:
    logits, classes = photos
    gallery = sets(classes, 300, users=30)
    lax = fit_scalars(logits, classes, [sets(classes, 10)], 0.02)
    lax |= {"set_size_penalty": 0.0}
    assert false_positives(lax, logits, gallery) > 1
    raised = tune_size_penalty(
        lax, logits, [gallery], max_false_positives=0.5, fixed_photos=10
    )
    assert false_positives(raised, logits, gallery) <= 0.5
    small = sets(classes, 10)
    assert false_positives(raised, logits, small) == pytest.approx(
        false_positives(lax, logits, small)
    )


def test_few_false_positives_leave_the_penalty_alone(
    photos: tuple[np.ndarray, np.ndarray],
) -> None:
    logits, classes = photos
    raised = tune_size_penalty(SCALARS, logits, [sets(classes, 300)], CATEGORIES, 10)
    assert raised == SCALARS
