"""Statistics of user sets, to hold a simulated scenario against a reference."""

from collections.abc import Sequence

import numpy as np

from training.features.feature_set import FeatureSet
from training.simulation.user_sets import UserSet, labels


def statistics(sets: Sequence[UserSet], feature_set: FeatureSet) -> dict[str, float]:
    """Describe users of one scenario and split.

    Returns:
        users: how many. mean_photos, minimum_photos, most_photos: of a user.
        mean_interests: distinct categories of a user's photos. none_share: mean over
        users of the share of background photos. repeated_share: mean over users of
        the share of photos that the set already holds. most_popular: share of users
        with the most popular interest.
    """
    photos = np.array([len(s.photos) for s in sets])
    distinct = np.array([len(np.unique(s.photos)) for s in sets])
    none = [np.mean(feature_set.category_indices[s.photos] < 0) for s in sets]
    interests = labels(sets, feature_set)
    return {
        "users": len(sets),
        "mean_photos": float(photos.mean()),
        "minimum_photos": int(photos.min()),
        "most_photos": int(photos.max()),
        "mean_interests": float(interests.sum(axis=1).mean()),
        "none_share": float(np.mean(none)),
        "repeated_share": float((1 - distinct / photos).mean()),
        "most_popular": float(interests.mean(axis=0).max()),
    }
