"""What an adapter gains among its own simulated population, and elsewhere.

Users of one scenario share tastes but, here, no photos: those the adapter is fitted on
and those it is tried on are simulated from two halves of the test photos, which the
photo classifier has never seen. Where users share photos, holding users out is not
enough: the adapter learns what the classifier predicts on single photos.
"""

from dataclasses import asdict, replace
from typing import Any

import numpy as np

from training.adapter.fit_adapter import (
    Trial,
    choose_and_fit,
    compare_logits,
    try_adapter,
)
from training.adapter.own_evidence import universal_logits
from training.aggregators.photo_evidence import PhotoEvidence
from training.features.feature_set import FeatureSet
from training.simulation.config import get_config
from training.simulation.scenario_names import CONTRIBUTORS, USERS
from training.simulation.simulate import simulate
from training.simulation.user_sets import UserSets, labels

FITTED, TRIED = "validation", "test"
"""Splits that the halves of the test photos are given."""


def adapter_study(
    aggregator: PhotoEvidence,
    feature_set: FeatureSet,
    user_sets: UserSets,
    users: int = 2000,
    seed: int = 0,
) -> dict[str, Any]:
    """Fit adapters and try them where users, photos or people are others.

    Returns:
        Ready for JSON, by case a `Trial`: `same photos` (users held out, whose photos
        others share), `other photos` (the same population), `another population`
        (the real contributors, by the simulated users' adapter), `contributors`
        (fitted on and held out among them), and `interests of others` (each user is
        given the interests of another).
    """
    halves = _halved(feature_set, seed)
    population = _population(halves, users)
    fitted, fitted_truth = _logits(aggregator, halves, population, USERS, FITTED)
    tried, tried_truth = _logits(aggregator, halves, population, USERS, TRIED)
    people, people_truth = _logits(
        aggregator, feature_set, user_sets, CONTRIBUTORS, "test"
    )
    adapter = choose_and_fit(fitted, fitted_truth, seed)
    others = np.random.default_rng(seed).permutation(len(fitted))
    trials = {
        "same photos": try_adapter(fitted, fitted_truth, seed),
        "other photos": compare_logits(tried, adapter.adapt(tried), tried_truth, seed),
        "another population": compare_logits(
            people, adapter.adapt(people), people_truth, seed
        ),
        "contributors": try_adapter(people, people_truth, seed),
        "interests of others": try_adapter(fitted, fitted_truth[others], seed),
    }
    return {case: _values(trial) for case, trial in trials.items()}


def _values(trial: Trial) -> dict[str, Any]:
    return {**asdict(trial), "helps": trial.helps}


def _halved(feature_set: FeatureSet, seed: int) -> FeatureSet:
    """Give half of the groups of test photos to the split of the fitted users."""
    photos = feature_set.photos.copy()
    is_test = photos["split"] == "test"
    groups = np.random.default_rng(seed).permutation(photos["group"][is_test].unique())
    photos.loc[photos["split"] == FITTED, "split"] = "train"
    first = is_test & photos["group"].isin(groups[: len(groups) // 2])
    photos.loc[first, "split"] = FITTED
    return replace(feature_set, photos=photos)


def _population(halves: FeatureSet, users: int) -> UserSets:
    few = {"train": 2, FITTED: 2, TRIED: 2}
    scenario = replace(
        get_config(),
        users={"train": 2, FITTED: users, TRIED: users},
        galleries=few,
        interest_free=few,
        large_galleries=(),
    )
    return UserSets(simulate(halves, scenario))


def _logits(
    aggregator: PhotoEvidence,
    feature_set: FeatureSet,
    user_sets: UserSets,
    scenario: str,
    split: str,
) -> tuple[np.ndarray, np.ndarray]:
    sets = user_sets.sets(scenario, split)
    rows = np.unique(np.concatenate([one.photos for one in sets]))
    logits = universal_logits(
        aggregator,
        feature_set.features[rows],
        [np.searchsorted(rows, one.photos) for one in sets],
    )
    return logits, labels(sets, feature_set).astype(bool)
