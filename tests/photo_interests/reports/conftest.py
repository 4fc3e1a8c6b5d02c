"""A prediction of a bundle of format 2, without its models."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from photo_interests.bundle.card import parse_card
from photo_interests.models.model_output import Repetition
from photo_interests.photos.events import event_weights
from photo_interests.predict import Prediction

KIND_CHANCES = {
    "a.beagle": [0.9, 0.8, 0.7, 0.0, 0.0, 0.0],
    "a.pug": [0.0, 0.1, 0.2, 0.6, 0.0, 0.0],
    "a.tabby": [0.0, 0.0, 0.0, 0.0, 0.55, 0.0],
    "a.basket": [0.0, 0.0, 0.0, 0.0, 0.0, 0.6],
    "a.pill": [0.0, 0.0, 0.0, 0.1, 0.0, 0.9],
    "a.cloud": [0.0, 0.0, 0.1, 0.0, 0.4, 0.0],
}
# Dogs, cats, health, household.
CHANCES = [
    [0.9, 0.9, 0.9, 0.6, 0.0, 0.3],
    [0.0, 0.0, 0.0, 0.0, 0.55, 0.0],
    [0.0, 0.0, 0.0, 0.1, 0.0, 0.9],
    [0.0, 0.0, 0.0, 0.0, 0.0, 0.6],
]
START = datetime(2026, 1, 31, 23, 58)
# The first two are one event; the third is of the next month, the fifth has no time.
TAKEN = (
    START,
    START + timedelta(minutes=1),
    START + timedelta(minutes=30),
    START + timedelta(days=1),
    None,
    START + timedelta(days=60),
)


@pytest.fixture
def repeated_prediction(card_2_content) -> Prediction:
    """Six photos: dogs on four of them, the first two at the same time."""
    card = parse_card(json.dumps(card_2_content))
    chances = np.array(CHANCES, np.float32).T
    kinds = np.array(list(KIND_CHANCES.values()), np.float32).T
    weights = event_weights(TAKEN, card.events.gap_minutes)
    weighted = weights[:, None] * chances
    return Prediction(
        probabilities=np.array([0.97, 0.6, 0.8, 0.9], np.float32),
        contributions=weighted / weighted.sum(axis=0),
        photo_probabilities=chances,
        repetition=Repetition(
            kind_probabilities=np.array([0.9, 0.7, 0.65, 0.8, 0.85, 0.1], np.float32),
            photo_kind_probabilities=kinds,
            photos=chances.sum(axis=0),
            events=weighted.sum(axis=0),
            evident=1 - np.prod(1 - chances, axis=0),
        ),
        bundle=Path("bundle"),
        card=card,
        photos=tuple(Path(f"photos/{name}.jpg") for name in "abcdef"),
        taken=TAKEN,
        skipped=(),
        features=np.zeros((6, 1024), np.uint8),
    )


@pytest.fixture
def with_video(repeated_prediction) -> Prediction:
    """The same rows, of which the first three are frames of a video: four files."""
    taken = (TAKEN[0], *TAKEN[3:])
    prediction = replace(
        repeated_prediction,
        photos=tuple(
            Path(f"photos/{name}") for name in ("v.mp4", "d.jpg", "e.jpg", "f.jpg")
        ),
        taken=taken,
        frames=((0.0, 2.0, 65.0), (), (), ()),
    )
    chances = prediction.photo_probabilities
    weighted = prediction.weights[:, None] * chances
    repetition = replace(prediction.repetition, events=weighted.sum(axis=0))
    return replace(
        prediction,
        contributions=weighted / weighted.sum(axis=0),
        repetition=repetition,
    )
