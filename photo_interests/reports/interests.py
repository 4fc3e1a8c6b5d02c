"""What a report shows of a prediction: interests by area, with their photos."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from photo_interests.bundle.card_sections import Area, Category
from photo_interests.predict import Prediction

# A photo with less says nothing about an interest, unless no photo has more.
LEAST_SHARE = 0.01


@dataclass(frozen=True)
class Evidence:
    """A photo behind an interest.

    Attributes:
        path: the photo.
        share: its part in the interest; all photos together have 1.
        probability: that the interest is on this photo.
    """

    path: Path
    share: float
    probability: float


@dataclass(frozen=True)
class Interest:
    """An interest, and the photos that speak for it.

    Attributes:
        category: of the card.
        area: of the category.
        probability: that this is an interest of the person.
        photos: those with the largest shares, largest first.
        other_photos: how many more there are.
        other_share: what these have together.
    """

    category: Category
    area: Area
    probability: float
    photos: tuple[Evidence, ...]
    other_photos: int
    other_share: float


@dataclass(frozen=True)
class InterestArea:
    """The interests found in one area, most probable first."""

    area: Area
    interests: tuple[Interest, ...]


def find_interests(
    prediction: Prediction, threshold: float, top: int, photos: int
) -> list[InterestArea]:
    """Choose what to report.

    Args:
        prediction: the answer to all photos.
        threshold: the least probability of an interest.
        top: how many interests at most.
        photos: how many photos of each at most.

    Returns:
        Areas in the order of their most probable interest.
    """
    probabilities = prediction.answer.probabilities
    order = np.argsort(-probabilities, kind="stable")[:top]
    chosen = [
        _interest(prediction, int(index), photos)
        for index in order
        if probabilities[index] >= threshold
    ]
    areas = dict.fromkeys(interest.area.id for interest in chosen)
    return [_area(chosen, name) for name in areas]


def named(thing: Area | Category, language: str) -> str:
    """Display name, in English where a language has none."""
    return thing.names.get(language, thing.names["en"])


def _area(interests: Iterable[Interest], name: str) -> InterestArea:
    members = tuple(each for each in interests if each.area.id == name)
    return InterestArea(members[0].area, members)


def _interest(prediction: Prediction, index: int, limit: int) -> Interest:
    card, answer = prediction.card, prediction.answer
    category = card.categories[index]
    shares = answer.contributions[:, index]
    order = np.argsort(-shares, kind="stable")
    limit = min(limit, max(1, int((shares >= LEAST_SHARE).sum())))
    evidence = tuple(
        Evidence(
            prediction.photos[row],
            float(shares[row]),
            float(answer.photo_probabilities[row, index]),
        )
        for row in order[:limit]
    )
    return Interest(
        category,
        next(area for area in card.areas if area.id == category.area),
        float(answer.probabilities[index]),
        evidence,
        len(order) - len(evidence),
        float(shares[order[limit:]].sum()),
    )
