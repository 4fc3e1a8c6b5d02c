"""What a phone misses that ranks products by the photos that say most, not by all."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from photo_interests.bundle.card import load_card
from photo_interests.models.interest_model import InterestModel
from photo_interests.recommendation.item_scores import (
    UserPreferenceProfile,
    item_probabilities,
    score_items,
)
from training.features.feature_set import FeatureSet
from training.simulation import scenario_names
from training.simulation.user_sets import UserSets

GALLERY = 4096
GALLERIES = 12
TOP = 20
PHOTOS = (250, 500, 1000, 1500, 2000)


def compare_strongest(bundle: Path, features: Path) -> dict[str, Any]:
    """Rank products for simulated galleries by all photos and by the strongest.

    The products are the test photos that show an interest, as the bundle reads them;
    the galleries are those of validation.

    Args:
        bundle: that reads.
        features: set of stored features with its users.

    Returns:
        `gallery` (photos), `galleries`, `products`, `top`, and `strongest`: for each
        number of photos the mean share of the `top` products that is the `same`, and
        how often the `first` is.
    """
    known = FeatureSet.load(features)
    model = InterestModel(bundle, load_card(bundle))
    rows = known.rows("test")
    items = known.features[rows[known.category_indices[rows] >= 0]]
    interests = item_probabilities(model(items))
    users = UserSets.load(features / "users.parquet")
    found = [
        _overlaps(known.features[one.photos], model, items, interests)
        for one in users.sets(scenario_names.gallery(GALLERY), "validation")[:GALLERIES]
    ]
    return {
        "gallery": GALLERY,
        "galleries": len(found),
        "products": len(items),
        "top": TOP,
        "strongest": {
            photos: _means([overlap[photos] for overlap in found]) for photos in PHOTOS
        },
    }


def _overlaps(
    photos: np.ndarray, model: InterestModel, items: np.ndarray, interests: np.ndarray
) -> dict[int, tuple[float, bool]]:
    """Share of the best that is the same, and whether the first is, by photos."""
    profile = UserPreferenceProfile.of(photos, model(photos))
    best = _best(profile, items, interests)
    order = np.argsort(-profile.interests.sum(axis=1), kind="stable")
    overlaps = {}
    for count in PHOTOS:
        kept = order[:count]
        part = UserPreferenceProfile(profile.features[kept], profile.interests[kept])
        other = _best(part, items, interests)
        same = len(set(best) & set(other)) / TOP
        overlaps[count] = (same, bool(best[0] == other[0]))
    return overlaps


def _best(
    profile: UserPreferenceProfile, items: np.ndarray, interests: np.ndarray
) -> np.ndarray:
    scores = score_items(profile, items, interests)
    return np.argsort(-scores, kind="stable")[:TOP]


def _means(overlaps: Sequence[tuple[float, bool]]) -> dict[str, float]:
    same, first = np.array(overlaps, float).T
    return {"same": float(same.mean()), "first": float(first.mean())}
