"""The interests and kinds that come back most, with all photos that show them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from photo_interests.bundle.card import CardFormat2
from photo_interests.bundle.card_sections import Area, Category
from photo_interests.bundle.interest_sections import (
    Kind,
    is_kind_listed,
    is_listed,
)
from photo_interests.level import Level
from photo_interests.predict import Prediction
from photo_interests.reports.by_file import best_rows, file_sums
from photo_interests.reports.interest import (
    Evidence,
    Interest,
    KindShare,
    Strength,
)

UNCLEAR_PHOTOS = 3
"""Listed where an interest comes back on photos of which none shows it clearly."""
MAX_KINDS = 3
"""Listed for an interest."""
MIN_KIND_SHARE = 0.1
OTHER = Area(id="other", names={"en": "Other", "de": "Sonstiges"})
"""Area of kinds that count for no interest."""


@dataclass(frozen=True)
class LevelOutputs:
    """Outputs of one level; C is the number of interests or kinds.

    Attributes:
        things: Interests or kinds `(C,)`.
        areas: Area of each `(C,)`.
        listed: Whether each may be listed `(C,)`.
        probabilities: Of each `(C,)`.
        events: Expected number of events that show each `(C,)`.
        chances: Probability on each photo, and frame of a video, by itself `(rows, C)`.
    """

    things: Sequence[Category | Kind]
    areas: list[Area]
    listed: list[bool]
    probabilities: NDArray[np.float32]
    events: NDArray[np.float32]
    chances: NDArray[np.float32]


def repeated(
    prediction: Prediction,
    threshold: float,
    top: int,
    photos: int | None,
    level: Level,
    sensitive: bool,
) -> list[Interest]:
    """Choose interests or kinds, by the expected number of events that show them.

    Args:
        prediction: Prediction of a bundle of format 2.
        threshold: Minimum probability.
        top: Maximum number of interests.
        photos: Maximum number of photos listed for each; None for all that show it.
        level: Whether to choose interests or kinds.
        sensitive: Whether to list sensitive ones too.
    """
    outputs = outputs_of(prediction, level, sensitive)
    order = np.argsort(-outputs.events, kind="stable")
    chosen = [
        int(index)
        for index in order
        if outputs.listed[index] and outputs.probabilities[index] >= threshold
    ][:top]
    kinds = _kinds(prediction, sensitive) if level is Level.interests else None
    return [_found(prediction, outputs, kinds, index, photos) for index in chosen]


def outputs_of(prediction: Prediction, level: Level, sensitive: bool) -> LevelOutputs:
    """Return the outputs of a level.

    Args:
        prediction: Prediction of a bundle of format 2.
        level: Interests or kinds.
        sensitive: Whether sensitive ones may be listed too.
    """
    if level is Level.kinds:
        return _kinds(prediction, sensitive)
    return _interests(prediction, sensitive)


def _interests(prediction: Prediction, sensitive: bool) -> LevelOutputs:
    card, repetition = prediction.card, prediction.repetition
    assert isinstance(card, CardFormat2) and repetition is not None
    areas = {area.id: area for area in card.areas}
    return LevelOutputs(
        card.interests,
        [areas[interest.area] for interest in card.interests],
        [is_listed(interest, sensitive) for interest in card.interests],
        prediction.probabilities,
        repetition.events,
        prediction.photo_probabilities,
    )


def _kinds(prediction: Prediction, sensitive: bool) -> LevelOutputs:
    card, repetition = prediction.card, prediction.repetition
    assert isinstance(card, CardFormat2) and repetition is not None
    interests = {interest.id: interest for interest in card.interests}
    areas = {area.id: area for area in card.areas}
    heaviest = [max(kind.interests, key=kind.interests.__getitem__, default=None)
                for kind in card.kinds]  # fmt: skip
    chances = repetition.photo_kind_probabilities
    return LevelOutputs(
        card.kinds,
        [OTHER if name is None else areas[interests[name].area] for name in heaviest],
        [is_kind_listed(kind, interests, sensitive) for kind in card.kinds],
        repetition.kind_probabilities,
        prediction.weights @ chances,
        chances,
    )


def _found(
    prediction: Prediction,
    outputs: LevelOutputs,
    kinds: LevelOutputs | None,
    index: int,
    limit: int | None,
) -> Interest:
    of_rows = outputs.chances[:, index]
    best = best_rows(prediction, of_rows)
    chances = of_rows[best]
    clear = np.flatnonzero(chances >= prediction.card.thresholds.photo)
    weighted = file_sums(prediction, prediction.weights * of_rows)
    shares = weighted / max(float(weighted.sum()), float(np.finfo(np.float32).tiny))
    if len(clear):
        listed = clear[np.argsort(-chances[clear], kind="stable")]
    else:
        listed = np.argsort(-shares, kind="stable")[:UNCLEAR_PHOTOS]
    listed = listed[:limit]
    stills = prediction.stills
    months = {
        (taken.year, taken.month)
        for taken in (prediction.taken[photo] for photo in clear)
        if taken is not None
    }
    return Interest(
        outputs.things[index],
        outputs.areas[index],
        float(outputs.probabilities[index]),
        tuple(
            Evidence(
                prediction.photos[photo],
                float(shares[photo]),
                float(chances[photo]),
                stills[best[photo]].second,
            )
            for photo in listed
        ),
        len(chances) - len(listed),
        max(0.0, 1 - float(shares[listed].sum())),
        Strength(
            len(clear),
            len(months),
            float(outputs.events[index]),
            sum(stills[best[photo]].second is not None for photo in clear),
        ),
        ()
        if kinds is None
        else _kinds_of(outputs.things[index].id, prediction.card.kinds, kinds),
    )


def _kinds_of(
    interest: str, kinds: tuple[Kind, ...], outputs: LevelOutputs
) -> tuple[KindShare, ...]:
    """Return the kinds that count most for an interest, among those that are listed."""
    weights = np.array([kind.interests.get(interest, 0) for kind in kinds])
    evidence = weights * outputs.events
    shares = evidence / max(float(evidence.sum()), float(np.finfo(np.float32).tiny))
    order = np.argsort(-shares, kind="stable")[:MAX_KINDS]
    return tuple(
        KindShare(kinds[index], float(shares[index]))
        for index in order
        if outputs.listed[index] and shares[index] >= MIN_KIND_SHARE
    )
