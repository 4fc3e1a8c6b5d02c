"""What an aggregator predicts from a person's photos."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Repetition:
    """What a bundle of format 2 predicts of kinds, and how often interests come back.

    Attributes:
        kind_probabilities: Probability of each kind, float32 `(kinds,)`.
        photo_kind_probabilities: Probability of each kind on each photo by itself,
            float32 `(photos, kinds)`.
        photos: Expected number of photos that show each interest, float32
            `(interests,)`.
        events: Expected number of events that show each interest, float32
            `(interests,)`.
        evident: Probability that at least one event shows each interest, float32
            `(interests,)`.
    """

    kind_probabilities: Floats
    photo_kind_probabilities: Floats
    photos: Floats
    events: Floats
    evident: Floats


@dataclass(frozen=True)
class ModelOutput:
    """Outputs of an aggregator; the order of interests is that of the card.

    Attributes:
        probabilities: Probability of each interest, float32 `(interests,)`.
        contributions: Share of each photo in each interest, float32
            `(photos, interests)`; each column sums to 1.
        photo_probabilities: Probability of each interest on each photo by itself,
            float32 `(photos, interests)`.
        repetition: Kinds, and how often interests come back; None for a bundle of
            format 1.
    """

    probabilities: Floats
    contributions: Floats
    photo_probabilities: Floats
    repetition: Repetition | None = field(default=None, kw_only=True)
