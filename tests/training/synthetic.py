"""A small synthetic feature set: photos of a category lie around its own centre."""

import dataclasses

import numpy as np
import pandas as pd

from training.features.feature_set import FeatureSet
from training.simulation.config import get_config
from training.simulation.simulate import simulate
from training.simulation.user_sets import UserSets

CATEGORIES = tuple(f"set.category_{i:02}" for i in range(24))
PHOTOS = {"train": 20, "validation": 8, "test": 8}
DIMENSION = 16


def synthetic_feature_set(seed: int = 0) -> FeatureSet:
    """24 categories, 3 kinds of no interest (one unseen), 12 contributors."""
    random = np.random.default_rng(seed)
    photos = photo_table()
    centres = random.uniform(20, 200, (photos["label"].nunique(), DIMENSION))
    labels = photos["label"].factorize()[0]
    noise = random.normal(0, 12, (len(photos), DIMENSION))
    features = np.clip(centres[labels] + noise, 0, 255).astype(np.uint8)
    return FeatureSet(features, 0.02, photos, CATEGORIES, {"command": "synthetic"})


COUNTS = {"train": 300, "validation": 100, "test": 100}


def small_users(feature_set: FeatureSet, counts: dict[str, int] = COUNTS) -> UserSets:
    scenario = dataclasses.replace(
        get_config(),
        users=counts,
        galleries=dict.fromkeys(counts, 5),
        interest_free=dict.fromkeys(counts, 5),
        gallery_sizes=(100,),
        gallery_interests={100: (4, 8)},
        large_galleries=(),
    )
    return UserSets(simulate(feature_set, scenario))


def photo_table() -> pd.DataFrame:
    rows = []
    for split, count in PHOTOS.items():
        for category in CATEGORIES:
            rows += [("set", category, category, "", split)] * count
        for label, role in (("a", "seen"), ("b", "seen"), ("c", "unseen")):
            if not (split == "train" and role == "unseen"):
                rows += [("set", "", label, role, split)] * count
    table = pd.DataFrame(
        rows, columns=["source", "category", "label", "none_role", "split"]
    )
    number = np.arange(len(table), dtype=np.int32)
    table.insert(0, "photo", number)
    table.insert(5, "contributor", _contributors(table))
    table["group"] = number
    return table


def _contributors(table: pd.DataFrame) -> np.ndarray:
    """Give each split four people with 2, 4, 6 and 8 of its first photos."""
    people = np.full(len(table), -1, np.int32)
    for i, split in enumerate(PHOTOS):
        first = np.flatnonzero(table["split"] == split)[0]
        people[first : first + 20] = 4 * i + np.repeat(np.arange(4), [2, 4, 6, 8])
    return people
