"""How training and ranking grow: an epoch by users, the scores of items by items."""

from functools import partial
from typing import Any

import numpy as np

from export.bench.paired import Settings, Work, exponent, in_turns
from photo_interests.recommendation.item_scores import (
    UserPreferenceProfile,
    score_items,
)
from training.aggregators.set_models import batches_for, new_aggregator, trainable
from training.configs import config_named
from training.losses import weighted_binary_crossentropy
from training.simulation.scenario_names import USERS
from training.steps import load_data

NETWORK = "average"
USERS_PER_EPOCH = (400, 4000)
ITEMS = (1_000, 10_000, 100_000)
PHOTOS_PER_PERSON = 9
TURNS = 5


def measure(settings: Settings) -> dict[str, Any]:
    """Time an epoch of a network and the scoring of items for one person.

    Returns:
        `users` and `items`: seconds by number; `users_exponent`, `items_exponent`.
    """
    feature_set, _ = load_data(settings.features)
    works = {
        "users": _epochs(settings),
        "items": _scores(feature_set.features),
    }
    values: dict[str, Any] = {"photos_per_person": PHOTOS_PER_PERSON}
    for name, by_size in works.items():
        ways = {str(size): work for size, work in by_size.items()}
        seconds = in_turns(ways, settings.turns(TURNS), warm_up=1)
        medians = {size: float(np.median(seconds[str(size)])) for size in by_size}
        values[name] = medians
        values[f"{name}_exponent"] = exponent(list(medians), list(medians.values()))
    return values


def _epochs(settings: Settings) -> dict[int, Work]:
    feature_set, user_sets = load_data(settings.features)
    config = config_named(NETWORK, "aggregator")
    loss = partial(weighted_binary_crossentropy, positive_weight=config.positive_weight)
    aggregator = new_aggregator(config, feature_set)
    model = trainable(aggregator, config, loss)
    sets = user_sets.sets(USERS, "train")

    def epoch(users: int) -> Work:
        batches = batches_for(aggregator, config, feature_set, sets[:users])
        return lambda: model.fit(batches.epoch(1), verbose=0, shuffle=False)

    return {users: epoch(users) for users in USERS_PER_EPOCH}


def _scores(features: np.ndarray) -> dict[int, Work]:
    random = np.random.default_rng(1)
    interests = random.random((max(ITEMS), 178), np.float32)
    shown = features[random.integers(0, len(features), max(ITEMS))]
    person = slice(0, PHOTOS_PER_PERSON)
    profile = UserPreferenceProfile(
        shown[person].astype(np.float32) / np.float32(255), interests[person]
    )
    return {
        items: partial(score_items, profile, shown[:items], interests[:items])
        for items in ITEMS
    }
