"""Trained aggregators on users of simulation scenarios they were not trained on."""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any

from training.features.feature_set import FeatureSet
from training.metrics.bootstrap import Bootstrap
from training.metrics.compare import ComparedModel
from training.metrics.interest_metrics import average_precision
from training.metrics.predictor import predict_sets
from training.simulation.config import get_config
from training.simulation.scenario_names import USERS
from training.simulation.simulate import simulate
from training.simulation.user_sets import UserSets, labels

logger = logging.getLogger(__name__)
FEW = 10
"""Users of the parts of a scenario that are not measured."""


def map_by_seed(
    models: Mapping[str, ComparedModel], feature_set: FeatureSet, seeds: Iterable[int]
) -> dict[str, dict[str, Any]]:
    """Measure MAP on the test users of scenarios that differ by their seed alone.

    A seed draws its own popular categories and groups of taste, so this says how much
    of a number belongs to one scenario, and what an aggregator has learnt of its
    population instead of its photos.

    Args:
        models: By name.
        feature_set: The photos.
        seeds: Of the scenarios.

    Returns:
        name -> seed -> value, low, high.
    """
    found: dict[str, dict[str, Any]] = {name: {} for name in models}
    for seed in seeds:
        scenario = get_config()
        few = dict.fromkeys(scenario.users, FEW)
        small = replace(
            scenario,
            seed=seed,
            users=few | {"test": scenario.users["test"]},
            galleries=few,
            interest_free=few,
            large_galleries=(),
        )
        sets = UserSets(simulate(feature_set, small)).sets(USERS, "test")
        truth = labels(sets, feature_set).astype(bool)
        for name, model in models.items():
            probabilities = predict_sets(model.predictor, sets, feature_set)
            precision = average_precision(truth, probabilities)
            interval = Bootstrap(len(sets), seed=0).mean(precision)
            found[name][str(seed)] = asdict(interval)
        logger.info("scenario of seed %d measured", seed)
    return found
