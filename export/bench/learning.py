"""Training of networks and rankers against their baselines, and ranking by items."""

from typing import Any

import numpy as np

from export.bench.paired import exponent, in_turns
from export.bench.settings import Settings
from photo_interests.recommendation.item_scores import Taste, score_items
from training.configs import config_named
from training.experiments.aggregator_family.head_throughput import compare_training
from training.experiments.recommenders.config import RankersConfig
from training.experiments.recommenders.layouts.simulated import simulate_shop
from training.experiments.recommenders.throughput import throughput
from training.experiments.recommenders.vbpr import Vbpr
from training.simulation.config import get_config
from training.simulation.scenario_names import USERS
from training.steps import load_data

NETWORKS = ("average", "attention_1")
USERS_OF_AN_EPOCH = (400, 4000)
COMPARED_USERS = 1000
EPOCHS = 3
RANKER_SECONDS = 2.0
ITEMS = (1_000, 10_000, 100_000)
PHOTOS_OF_A_PERSON = 9
TURNS = 5


def measure_learning(settings: Settings) -> dict[str, Any]:
    """Time the training of heads and rankers, and the ranking of items.

    Returns:
        `networks`: `compare_training` by name, and `users_exponent` of the first one's
        epochs with `users` {number: seconds}; `rankers`: `throughput`;
        `items_exponent` with `items` {number: seconds} of scoring them for a person.
    """
    feature_set, user_sets = load_data(settings.features)
    sets = user_sets.sets(USERS, "train")
    epochs = settings.turns(EPOCHS)
    networks, seconds = {}, {}
    for name in NETWORKS:
        config = config_named(name, "aggregator")
        networks[name] = compare_training(
            config, feature_set, sets[:COMPARED_USERS], epochs
        )
    first = config_named(NETWORKS[0], "aggregator")
    for number in USERS_OF_AN_EPOCH:
        found = compare_training(first, feature_set, sets[:number], epochs)
        seconds[number] = number / found["ours"]
    config = config_named("rankers_two_cores", "rankers")
    assert isinstance(config, RankersConfig)
    shop = simulate_shop(feature_set, get_config(), config.shop)
    vbpr = next(r for r in config.rankers.values() if type(r) is Vbpr)
    items = _ranking(feature_set.features, settings.turns(TURNS))
    return {
        "networks": networks,
        "users": seconds,
        "users_exponent": exponent(list(seconds), list(seconds.values())),
        "rankers": throughput(
            shop.data, vbpr, 0.2 if settings.quick else RANKER_SECONDS
        ),
        "items": items,
        "items_exponent": exponent(list(items), list(items.values())),
        "photos_of_a_person": PHOTOS_OF_A_PERSON,
    }


def _ranking(features: np.ndarray, turns: int) -> dict[int, float]:
    """Time the scores of items for one person, by number of items."""
    random = np.random.default_rng(1)
    interests = random.random((max(ITEMS), 178), np.float32)
    shown = features[random.integers(0, len(features), max(ITEMS))]
    person = slice(0, PHOTOS_OF_A_PERSON)
    taste = Taste(shown[person].astype(np.float32) / np.float32(255), interests[person])
    seconds = in_turns(
        {
            str(number): lambda number=number: score_items(  # type: ignore[misc]
                taste, shown[:number], interests[:number]
            )
            for number in ITEMS
        },
        turns,
        warm_up=1,
    )
    return {int(number): float(np.median(times)) for number, times in seconds.items()}
