"""Aggregators on many photos, background, unknown classes and degraded photos."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import numpy as np
from PIL import Image

from training.experiments.robustness.background_images.altered import ALTERATIONS
from training.experiments.robustness.background_images.drawn import draw_background
from training.features.feature_set import FeatureSet
from training.metrics.compare import ComparedModel
from training.metrics.evaluate import metrics_of
from training.metrics.predictor import predict_sets
from training.simulation.photo_pools import PhotoPools
from training.simulation.scenario_names import USERS, gallery
from training.simulation.user_sets import UserSet, UserSets, labels

logger = logging.getLogger(__name__)
SIZES = (1, 4, 16, 64, 256, 1024, 4096)
SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)
SHARE_PHOTOS = 100
SHARE_INTERESTS = 10
PEOPLE = 60
ALTERED_PEOPLE = 80
DRAWN_EACH = 8
DRAWN_PHOTOS = 9
"""Number of pictures of a user who has drawn ones alone; users have as many."""
KEPT = ("map", "false_interests", "calibration_error", "micro_f1")
Extract = Callable[[np.ndarray], np.ndarray]
Cases = Iterator[tuple[str, list[UserSet], FeatureSet]]


def robustness(
    models: Mapping[str, ComparedModel],
    feature_set: FeatureSet,
    user_sets: UserSets,
    pixels: np.ndarray,
    extract: Extract,
    seed: int = 0,
) -> dict[str, Any]:
    """Measure aggregators where the published scenarios do not look.

    Args:
        models: By name.
        feature_set: Photos with features.
        user_sets: Users of them.
        pixels: uint8 `(photos, 224, 224, 3)` of the same photos.
        extract: Gives features of pixels, by the extractor that made the others.
        seed: Of everything drawn.

    Returns:
        Ready for JSON: `photos`, `none_share`, `altered` and `drawn` hold, by case and
        by model, MAP (where people have interests), false positives, calibration
        error and micro F1, each with its interval; `drawn_kinds` the mean of false
        interests of a person, by kind and model.
    """
    random = np.random.default_rng(seed)
    drawn, kinds = _drawn(feature_set, pixels, extract, seed)
    parts: dict[str, Cases] = {
        "photos": _sizes(feature_set, user_sets, random),
        "none_share": _none_shares(feature_set, random),
        "altered": _altered(feature_set, user_sets, pixels, extract, seed),
        "drawn": iter([("drawn kinds", _people_of(drawn, random), drawn)]),
    }
    found: dict[str, Any] = {}
    for part, cases in parts.items():
        for case, sets, photos in cases:
            found.setdefault(part, {})[case] = _measured(models, sets, photos)
            logger.info("robustness: %s, %s measured", part, case)
    found["drawn_kinds"] = _by_kind(models, drawn, kinds)
    return found


def _measured(
    models: Mapping[str, ComparedModel], sets: list[UserSet], photos: FeatureSet
) -> dict[str, Any]:
    truth = labels(sets, photos).astype(bool)
    found = {}
    for name, model in models.items():
        answer = predict_sets(model.predictor, sets, photos)
        intervals = metrics_of(truth, answer)
        found[name] = {k: asdict(intervals[k]) for k in KEPT if k in intervals}
    return found


def _sizes(
    feature_set: FeatureSet, user_sets: UserSets, random: np.random.Generator
) -> Cases:
    """Parts of the largest galleries: N photos of each, drawn without replacement."""
    galleries = user_sets.sets(gallery(SIZES[-1]), "test")
    for size in SIZES:
        parts = [
            one._replace(
                photos=random.choice(one.photos, size, replace=False),
                days=one.days[:size],
            )
            for one in galleries
        ]
        yield f"{size}", parts, feature_set


def _none_shares(feature_set: FeatureSet, random: np.random.Generator) -> Cases:
    """Users of 100 photos of ten interests, a share of which is background."""
    pools = PhotoPools.of_split(feature_set, "test")
    background = np.concatenate(list(pools.none.values()))
    available = np.flatnonzero(pools.available)
    for share in SHARES:
        people = []
        for user in range(PEOPLE):
            of_none = round(share * SHARE_PHOTOS)
            liked = random.choice(available, SHARE_INTERESTS, replace=False)
            kinds = random.choice(liked, SHARE_PHOTOS - of_none)
            shown = [random.choice(pools.categories[kind]) for kind in kinds]
            photos = np.array([*shown, *random.choice(background, of_none)], np.int32)
            people.append(UserSet(user, photos, np.zeros(SHARE_PHOTOS, np.int32)))
        yield f"{share:.0%}", people, feature_set


def _altered(
    feature_set: FeatureSet,
    user_sets: UserSets,
    pixels: np.ndarray,
    extract: Extract,
    seed: int,
) -> Cases:
    """The same users, all of whose photos are altered in the same way."""
    people = user_sets.sets(USERS, "test")[:ALTERED_PEOPLE]
    rows = np.unique(np.concatenate([one.photos for one in people]))
    originals = [Image.fromarray(pixels[row]) for row in rows]
    for name, alter in ALTERATIONS.items():
        random = np.random.default_rng(seed)
        changed = np.stack([np.asarray(alter(random, one)) for one in originals])
        features = feature_set.features.copy()
        features[rows] = extract(changed)
        yield name, people, replace(feature_set, features=features)


def _drawn(
    feature_set: FeatureSet, pixels: np.ndarray, extract: Extract, seed: int
) -> tuple[FeatureSet, list[str]]:
    """Features of drawn pictures in the place of background photos."""
    random = np.random.default_rng(seed)
    test = feature_set.rows("test")
    some = pixels[np.sort(random.choice(test, min(300, len(test)), replace=False))]
    pictures = draw_background(DRAWN_EACH, some, seed)
    kinds = [kind for kind, ones in pictures.items() for _ in ones]
    rows = np.flatnonzero(feature_set.category_indices < 0)[: len(kinds)]
    if len(rows) < len(kinds):
        raise ValueError(
            f"photos: expected {len(kinds)} background photos, received {len(rows)}"
        )
    photos = feature_set.photos.iloc[rows].reset_index(drop=True)
    photos["photo"] = np.arange(len(photos), dtype=np.int32)
    features = extract(np.concatenate(list(pictures.values())))
    return replace(feature_set, features=features, photos=photos), kinds


def _people_of(drawn: FeatureSet, random: np.random.Generator) -> list[UserSet]:
    days = np.zeros(DRAWN_PHOTOS, np.int32)
    count = len(drawn.features)
    return [
        UserSet(user, random.choice(count, DRAWN_PHOTOS, replace=False), days)
        for user in range(5 * PEOPLE)
    ]


def _by_kind(
    models: Mapping[str, ComparedModel], drawn: FeatureSet, kinds: Sequence[str]
) -> dict[str, dict[str, float]]:
    """False positives of a user who has the pictures of one kind."""
    names = sorted(set(kinds))
    rows = [np.flatnonzero(np.array(kinds) == name).astype(np.int32) for name in names]
    people = [UserSet(i, own, np.zeros_like(own)) for i, own in enumerate(rows)]
    answers = {
        name: (predict_sets(one.predictor, people, drawn) > 0.5).sum(axis=1)
        for name, one in models.items()
    }
    return {
        kind: {name: float(false[i]) for name, false in answers.items()}
        for i, kind in enumerate(names)
    }
