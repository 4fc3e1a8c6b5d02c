"""Several trainings of the tuned networks, and by what share one is above another."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from training.aggregators.config import AggregatorConfig
from training.aggregators.fit import fit, is_fitted
from training.configs import config_named
from training.features.feature_set import FeatureSet
from training.metrics.evaluate import Predictions, metrics_of, predict_scenarios
from training.metrics.paired_gains import (
    UserValues,
    mean_over_seeds,
    paired_gains,
    user_values,
)
from training.metrics.predictor import keras_predictor
from training.runs import Input, Record
from training.simulation.scenario_names import CONTRIBUTORS, USERS, gallery
from training.simulation.user_sets import UserSets

logger = logging.getLogger(__name__)
COMPARED = (
    "average",
    "searched_average",
    "tuned_attention_1",
    "tuned_attention_1_gating",
    "tuned_attention_2_gating",
    "searched_nextvlad",
    "set_labels_photo_evidence",
    "photo_evidence",
)
"""Networks at their best settings by validation, and photo evidence."""
MEASURED = (USERS, gallery(100), gallery(500), CONTRIBUTORS)
BESIDE = ("map", "f1@15", "thresholded_f1@15")
"""Metrics that networks are compared by where users are not the simulated ones."""
OF_ALL_USERS = ("calibration_error", "false_interests")
"""Measured too, and not compared user by user."""


def compare_seeds(
    names: Sequence[str],
    seeds: Sequence[int],
    feature_set: FeatureSet,
    user_sets: UserSets,
    directory: Path,
    inputs: Mapping[str, Input],
    quick: bool = False,
    only_trained: bool = False,
) -> dict[str, Any]:
    """Train each model once a seed, then compare all on test users.

    Args:
        names: Configs of aggregators; each is compared with those before it.
        seeds: Each is trained once with each of these.
        feature_set: The photos.
        user_sets: Their users.
        directory: Folder of all aggregators; what is trained already is not trained
            again.
        inputs: See `fit`.
        quick: Whether trainings are short.
        only_trained: Whether to leave out the seeds that are not trained yet.

    Returns:
        Ready for JSON: `networks` (name -> `trainings` and their `seeds`; `epochs` and
        `validation_map` of those that have epochs; `scenarios`: scenario -> metric ->
        the mean over users, one number a seed) and `gains`: scenario -> see
        `paired_gains`, of each user's mean over the seeds, and `by_seed`, the same
        share for each seed that both have, unless the earlier one has 0.

    Raises:
        ValueError: No training of a model is there, and none is to be made.
    """
    networks: dict[str, dict[str, Any]] = {}
    values: dict[str, dict[str, UserValues]] = {one: {} for one in MEASURED}
    for name in names:
        configs = [_seeded(name, seed, quick) for seed in seeds]
        if only_trained:
            configs = [one for one in configs if is_fitted(one, directory, inputs)]
        if not configs:
            raise ValueError(
                f"{directory}: expected a training of {name} with one of the "
                f"seeds {list(seeds)}, received none; leave out --trained to train them"
            )
        trainings = []
        numbers = [one.seed for one in configs]
        found: dict[str, Any] = {"seeds": numbers, "trainings": len(numbers)}
        for config in configs:
            aggregator = fit(config, feature_set, user_sets, directory, inputs=inputs)
            record = Record.load(directory / config.name)
            if history := record.values.get("validation_map"):
                found.setdefault("epochs", []).append(len(history))
                found.setdefault("validation_map", []).append(max(history))
            predictor = keras_predictor(aggregator)
            trainings.append(
                predict_scenarios(
                    predictor, user_sets, feature_set, scenarios=_known(user_sets)
                )
            )
            logger.info("%s measured", config.name)
        found["scenarios"] = {}
        for scenario in _known(user_sets):
            of_users = [user_values(*one[scenario]) for one in trainings]
            values[scenario][name] = mean_over_seeds(of_users)
            found["scenarios"][scenario] = _of_seeds(of_users, trainings, scenario)
        networks[name] = found
    return {
        "networks": networks,
        "gains": {
            scenario: _gains(of_networks, networks, scenario)
            for scenario, of_networks in values.items()
            if of_networks
        },
    }


def _known(user_sets: UserSets) -> list[str]:
    return [one for one in MEASURED if "test" in user_sets.scenarios.get(one, ())]


def _of_seeds(
    of_users: Sequence[UserValues], trainings: Sequence[Predictions], scenario: str
) -> dict[str, list[float]]:
    means = {
        metric: [float(np.nanmean(one[metric])) for one in of_users]
        for metric in of_users[0]
    }
    measured = [metrics_of(*one[scenario], resamples=1) for one in trainings]
    others = {
        metric: [one[metric].value for one in measured] for metric in OF_ALL_USERS
    }
    return means | others


def _gains(
    values: Mapping[str, UserValues],
    networks: Mapping[str, Mapping[str, Any]],
    scenario: str,
) -> dict[str, Any]:
    compared = {
        name: one if scenario == USERS else {metric: one[metric] for metric in BESIDE}
        for name, one in values.items()
    }
    gains = paired_gains(compared)
    for pair, of_metrics in gains.items():
        later, _, earlier = pair.partition(" over ")
        for metric, gain in of_metrics.items():
            above, below = (
                dict(
                    zip(
                        networks[name]["seeds"],
                        networks[name]["scenarios"][scenario][metric],
                        strict=True,
                    )
                )
                for name in (later, earlier)
            )
            # A network that decides for nothing has an F1 of 0, and no share of it.
            both = sorted(s for s in set(above) & set(below) if below[s])
            gain["by_seed"] = [above[seed] / below[seed] - 1 for seed in both]
    return gains


def _seeded(name: str, seed: int, quick: bool) -> AggregatorConfig:
    config = config_named(name, "aggregator", quick=quick)
    named = name if seed == config.seed else f"{name}-seed-{seed}"
    return replace(config, seed=seed, name=named)
