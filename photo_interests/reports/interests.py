"""The strongest interests of a prediction, by area, with the photos that contribute."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from photo_interests.bundle.card_sections import Area, Category
from photo_interests.predict import Prediction

# Photos below this are listed only where no photo is above it.
MIN_SHARE = 0.01


@dataclass(frozen=True)
class Evidence:
    """A photo that contributes to an interest.

    Attributes:
        path: File of the photo.
        share: Contribution to the interest; the shares of all photos sum to 1.
        probability: Probability of the interest on this photo by itself.
    """

    path: Path
    share: float
    probability: float


@dataclass(frozen=True)
class Interest:
    """An interest, and the photos that contribute most.

    Attributes:
        category: Category of the card.
        area: Area of the category.
        probability: Probability that this is an interest of the person.
        photos: Photos with the largest shares, largest first.
        other_photos: Number of further photos.
        other_share: Share of the further photos together.
    """

    category: Category
    area: Area
    probability: float
    photos: tuple[Evidence, ...]
    other_photos: int
    other_share: float

    @property
    def id(self) -> str:
        """Stable identifier of the category."""
        return self.category.id

    @property
    def name(self) -> str:
        """English name of the category; `category.names` has the others."""
        return self.category.names["en"]


@dataclass(frozen=True)
class InterestArea:
    """The interests found in one area, most probable first."""

    area: Area
    interests: tuple[Interest, ...]


def strongest_interests(
    prediction: Prediction, threshold: float, top: int, photos: int
) -> list[Interest]:
    """Choose the most probable interests.

    Args:
        prediction: Prediction from all photos.
        threshold: Minimum probability of an interest.
        top: Maximum number of interests.
        photos: Maximum number of photos listed for each interest.

    Returns:
        Interests, most probable first.
    """
    probabilities = prediction.probabilities
    order = np.argsort(-probabilities, kind="stable")[:top]
    return [
        _interest(prediction, int(index), photos)
        for index in order
        if probabilities[index] >= threshold
    ]


def find_interests(
    prediction: Prediction, threshold: float, top: int, photos: int
) -> list[InterestArea]:
    """Choose the most probable interests, grouped by area.

    Args:
        prediction: Prediction from all photos.
        threshold: Minimum probability of an interest.
        top: Maximum number of interests.
        photos: Maximum number of photos listed for each interest.

    Returns:
        Areas in the order of their most probable interest.
    """
    chosen = strongest_interests(prediction, threshold, top, photos)
    areas = dict.fromkeys(interest.area.id for interest in chosen)
    return [_area(chosen, name) for name in areas]


def named(thing: Area | Category, language: str) -> str:
    """Display name, in English where a language has none."""
    return thing.names.get(language, thing.names["en"])


def _area(interests: Iterable[Interest], name: str) -> InterestArea:
    members = tuple(each for each in interests if each.area.id == name)
    return InterestArea(members[0].area, members)


def _interest(prediction: Prediction, index: int, limit: int) -> Interest:
    card = prediction.card
    category = card.interests[index]
    shares = prediction.contributions[:, index]
    order = np.argsort(-shares, kind="stable")
    limit = min(limit, max(1, int((shares >= MIN_SHARE).sum())))
    evidence = tuple(
        Evidence(
            prediction.photos[row],
            float(shares[row]),
            float(prediction.photo_probabilities[row, index]),
        )
        for row in order[:limit]
    )
    return Interest(
        category,
        next(area for area in card.areas if area.id == category.area),
        float(prediction.probabilities[index]),
        evidence,
        len(order) - len(evidence),
        float(shares[order[limit:]].sum()),
    )
