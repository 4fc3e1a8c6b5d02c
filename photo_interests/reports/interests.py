"""The strongest interests of a prediction, by area, with the photos that contribute."""

from collections.abc import Iterable

import numpy as np

from photo_interests.bundle.card import Card, CardFormat2
from photo_interests.bundle.card_sections import Area, Category, in_language
from photo_interests.bundle.interest_sections import Kind
from photo_interests.level import Level
from photo_interests.predict import Prediction
from photo_interests.reports.by_file import best_rows, file_sums
from photo_interests.reports.interest import Evidence, Interest, InterestArea
from photo_interests.reports.repetition import outputs_of, repeated

# Photos below this are listed only where no photo is above it.
MIN_SHARE = 0.01
DEFAULT_PHOTOS = 3
"""Listed for each interest of a bundle of format 1 unless the caller says more."""


def strongest_interests(
    prediction: Prediction,
    threshold: float | None,
    top: int,
    photos: int | None,
    level: Level = Level.interests,
    sensitive: bool = False,
) -> list[Interest]:
    """Choose what comes back most, or with a bundle of format 1 is most probable.

    Args:
        prediction: Prediction from all photos.
        threshold: Minimum probability; that of the card if None.
        top: Maximum number of interests.
        photos: Maximum number of photos listed for each interest; if None all that
            show it, or three with a bundle of format 1, which does not say.
        level: Whether to choose interests, or the kinds that photos show.
        sensitive: Whether to list sensitive interests and their kinds too.

    Returns:
        Interests, strongest first.

    Raises:
        ValueError: Kinds of a bundle that has none.
    """
    card = prediction.card
    threshold = card_threshold(card, level) if threshold is None else threshold
    if isinstance(card, CardFormat2):
        return repeated(prediction, threshold, top, photos, level, sensitive)
    check_level(card, level)
    photos = DEFAULT_PHOTOS if photos is None else photos
    probabilities = prediction.probabilities
    order = np.argsort(-probabilities, kind="stable")[:top]
    return [
        _interest(prediction, int(index), photos)
        for index in order
        if probabilities[index] >= threshold
    ]


def find_interests(
    prediction: Prediction,
    threshold: float | None,
    top: int,
    photos: int | None,
    level: Level = Level.interests,
    sensitive: bool = False,
) -> list[InterestArea]:
    """Choose interests as `strongest_interests` does, grouped by area.

    Args:
        prediction: Prediction from all photos.
        threshold: Minimum probability; that of the card if None.
        top: Maximum number of interests.
        photos: Maximum number of photos listed for each interest; None for all.
        level: Whether to choose interests, or the kinds that photos show.
        sensitive: Whether to list sensitive interests and their kinds too.

    Returns:
        Areas in the order of their strongest interest.
    """
    chosen = strongest_interests(prediction, threshold, top, photos, level, sensitive)
    areas = dict.fromkeys(interest.area.id for interest in chosen)
    return [_area(chosen, name) for name in areas]


def strongest_first(interest: Interest) -> tuple[float, float]:
    """Key that sorts interests and kinds as they are listed."""
    events = interest.strength.events if interest.strength else 0.0
    return -events, -interest.probability


def check_level(card: Card, level: Level) -> None:
    """Check that a bundle has a level.

    Args:
        card: Card of the bundle.
        level: Interests or kinds.

    Raises:
        ValueError: Kinds of a bundle of format 1.
    """
    if level is Level.kinds and not isinstance(card, CardFormat2):
        raise ValueError(
            f"level: expected a bundle of card format 2 for {level.value!r}, received "
            f"{card.name} {card.version}, whose card has format {card.format}"
        )


def card_threshold(card: Card, level: Level) -> float:
    """Minimum probability of what a bundle lists.

    Args:
        card: Card of the bundle.
        level: Whether interests or kinds are listed.
    """
    if isinstance(card, CardFormat2) and level is Level.kinds:
        return card.thresholds.kind
    return card.thresholds.interest


def listed_probabilities(
    prediction: Prediction, level: Level, sensitive: bool
) -> dict[str, float]:
    """Return the probability of all interests or kinds that may be listed, by id.

    Args:
        prediction: Prediction from all photos.
        level: Whether to return interests or kinds.
        sensitive: Whether to return sensitive ones too.
    """
    if not isinstance(prediction.card, CardFormat2):
        ids = [interest.id for interest in prediction.card.interests]
        return dict(zip(ids, prediction.probabilities.tolist(), strict=True))
    outputs = outputs_of(prediction, level, sensitive)
    return {
        thing.id: float(probability)
        for thing, probability, may in zip(
            outputs.things, outputs.probabilities, outputs.listed, strict=True
        )
        if may
    }


def named(thing: Area | Category | Kind, language: str) -> str:
    """Display name, in English where a language has none."""
    return in_language(thing.names, language)


def _area(interests: Iterable[Interest], name: str) -> InterestArea:
    members = tuple(each for each in interests if each.area.id == name)
    return InterestArea(members[0].area, members)


def _interest(prediction: Prediction, index: int, limit: int) -> Interest:
    card = prediction.card
    category: Category = card.interests[index]
    shares = file_sums(prediction, prediction.contributions[:, index])
    chances = prediction.photo_probabilities[:, index]
    best = best_rows(prediction, chances)
    order = np.argsort(-shares, kind="stable")
    limit = min(limit, max(1, int((shares >= MIN_SHARE).sum())))
    evidence = tuple(
        Evidence(
            prediction.photos[photo],
            float(shares[photo]),
            float(chances[best[photo]]),
            prediction.stills[best[photo]].second,
        )
        for photo in order[:limit]
    )
    return Interest(
        category,
        next(area for area in card.areas if area.id == category.area),
        float(prediction.probabilities[index]),
        evidence,
        len(order) - len(evidence),
        float(shares[order[limit:]].sum()),
    )
