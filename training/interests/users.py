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
    """Measure the labelled kinds on test users.

    Args:
        parts: What was fitted.
        feature_set: Labelled photos; their categories are the first kinds.
        user_sets: Users of these photos.

    Returns:
        See `training.metrics.evaluate.measure`.
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
    return measure(predictions)
