"""Later interests of the taxonomy, as the default bundle predicts them."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from photo_interests.models.interest_model import InterestModel
from training.experiments.temporal.interest_split import split_by_time
from training.experiments.temporal.next_interest_models import simple_models
from training.experiments.temporal.next_interests import measure_models
from training.experiments.temporal.temporal_split import TemporalSplit
from training.features.feature_set import FeatureSet
from training.features.photo_columns import SPLITS
from training.simulation.scenario_names import USERS
from training.simulation.user_sets import UserSet, UserSets, labels
from training.vocabulary.interests import Interests, load_interests

EVIDENT = 0.5
"""Weight from which a photo of a kind counts as one of the interest."""


def interests_of_categories(
    categories: Sequence[str], interests: Interests
) -> np.ndarray:
    """Tell which interests each category is evidence of: bool `(D, interests)`.

    Args:
        categories: Ids of kinds.
        interests: The taxonomy. Interests that are shown on request alone have none.

    Raises:
        ValueError: A category is no kind of the taxonomy.
    """
    if unknown := sorted(set(categories) - set(interests.kinds)):
        raise ValueError(
            f"categories: expected kinds of the taxonomy, received {unknown[:3]}"
        )
    rows = [interests.kind_index[one] for one in categories]
    return (interests.weights[rows] >= EVIDENT) & interests.always


def measure_taxonomy(
    bundle: Path, feature_set: FeatureSet, sets: UserSets, training_users: int
) -> dict[str, Any]:
    """Measure simple models of later interests.

    Args:
        bundle: Folder of the bundle that reads the earlier photos.
        feature_set: Photos with that bundle's features; categories are kinds.
        sets: Simulated users with dates.
        training_users: The first so many of them fit ridge and EASE.

    Returns:
        Ready for JSON: `interests`, the number that any category is evidence of, and
        what `measure_models` does.
    """
    model, taxonomy = InterestModel(bundle), load_interests()
    weights = interests_of_categories(feature_set.categories, taxonomy)
    known = weights.any(axis=0)
    cuts = {}
    for split in SPLITS:
        users = sets.sets(USERS, split)
        parts = split_by_time(users[:training_users] if split == "train" else users)
        cuts[split] = TemporalSplit(
            _true(parts.earlier, feature_set, weights)[:, known],
            _true(parts.later, feature_set, weights)[:, known],
            {bundle.name: _predicted(model, parts.earlier, feature_set)[:, known]},
            parts.excluded,
        )
    models = simple_models(cuts, bundle.name)
    return {
        "interests": int(known.sum()),
        **measure_models(cuts, models, f"{bundle.name} -> ridge"),
    }


def _true(
    users: Sequence[UserSet], feature_set: FeatureSet, weights: np.ndarray
) -> np.ndarray:
    return (labels(users, feature_set) @ weights.astype(np.int32)) > 0


def _predicted(
    model: InterestModel, users: Sequence[UserSet], feature_set: FeatureSet
) -> np.ndarray:
    """Probabilities `(users, interests)`; the photos of a day are one event."""
    return np.stack(
        [
            model(feature_set.features[one.photos], _in_events(one.days)).probabilities
            for one in users
        ]
    )


def _in_events(days: np.ndarray) -> np.ndarray:
    _, event, size = np.unique(days, return_inverse=True, return_counts=True)
    return (1 / size[event]).astype(np.float32)
