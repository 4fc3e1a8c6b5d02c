"""How interests rank what simulated users and real contributors photographed."""

from typing import Any

import numpy as np

from training.features.feature_set import FeatureSet
from training.interests.parts import Parts
from training.interests.repetition import accumulate
from training.metrics.evaluate import Predictions, measure
from training.simulation.user_sets import UserSets, labels

CHUNK = 1024


def measure_users(
    parts: Parts, feature_set: FeatureSet, user_sets: UserSets
) -> dict[str, Any]:
    """Measure the labelled kinds on test photos and test users.

    Args:
        parts: What was fitted.
        feature_set: Labelled photos; their categories are the first kinds.
        user_sets: Users of these photos.

    Returns:
        `users`: see `training.metrics.evaluate.measure`; `top1`: share of test photos
        whose likeliest labelled kind is right, by source and of `all`.
    """
    count = len(feature_set.categories)
    photos = feature_set.features
    kinds = np.concatenate(
        [
            parts.head.kind_probabilities(photos[start : start + CHUNK])[:, :count]
            for start in range(0, len(photos), CHUNK)
        ]
    )
    predictions: Predictions = {}
    for scenario, splits in user_sets.scenarios.items():
        if "test" not in splits:
            continue
        sets = user_sets.sets(scenario, "test")
        states = (
            accumulate(kinds[one.photos], np.ones(len(one.photos))) for one in sets
        )
        answers = np.stack([parts.kinds(state) for state in states])
        predictions[scenario] = labels(sets, feature_set).astype(bool), answers
    return {"users": measure(predictions), "top1": top1(kinds, feature_set)}


def top1(kinds: np.ndarray, feature_set: FeatureSet) -> dict[str, float]:
    """Share of test photos whose likeliest labelled kind is right, by source.

    Args:
        kinds: Labelled kinds on each photo, float `(photos, labelled)`.
        feature_set: Their labels.
    """
    truth = feature_set.category_indices
    rows = feature_set.rows("test")
    rows = rows[truth[rows] >= 0]
    right = kinds[rows].argmax(axis=1) == truth[rows]
    sources = feature_set.photos["source"].to_numpy()[rows]
    found = {str(one): float(right[sources == one].mean()) for one in set(sources)}
    return {**dict(sorted(found.items())), "all": float(right.mean())}
