"""Several trainings of the tuned networks, and by what share one is above another."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from training.aggregators.config import SetTrainingConfig
from training.aggregators.fit import fit
from training.configs import config_named
from training.features.feature_set import FeatureSet
from training.metrics.evaluate import predict_scenarios
from training.metrics.paired_gains import (
    UserValues,
    mean_over_seeds,
    paired_gains,
    user_values,
)
from training.metrics.predictor import keras_predictor
from training.runs import Input, Record
from training.simulation.scenario_names import USERS
from training.simulation.user_sets import UserSets

logger = logging.getLogger(__name__)


def compare_seeds(
    names: Sequence[str],
    seeds: int,
    feature_set: FeatureSet,
    user_sets: UserSets,
    directory: Path,
    inputs: Mapping[str, Input] | None = None,
    quick: bool = False,
) -> dict[str, Any]:
    """Train each network once a seed, then compare all on simulated test users.

    Args:
        names: Configs of networks trained on users' sets; each is compared with those
            before it.
        seeds: Number of trainings of each network: seeds 1 to this.
        feature_set: The photos.
        user_sets: Their users.
        directory: Folder of all aggregators; what is trained already is not trained
            again.
        inputs: See `fit`.
        quick: Whether trainings are short.

    Returns:
        Ready for JSON: `networks` (name -> `epochs`, `validation_map` and the mean
        over users of each metric of `user_values`, one number a seed) and `gains`
        (see `paired_gains`), of each user's mean over the seeds.

    Raises:
        ValueError: A config is none of training on sets.
    """
    networks: dict[str, dict[str, list[float]]] = {}
    values: dict[str, UserValues] = {}
    for name in names:
        trainings = []
        found: dict[str, list[float]] = {"epochs": [], "validation_map": []}
        for seed in range(1, seeds + 1):
            config = _seeded(name, seed, quick)
            aggregator = fit(config, feature_set, user_sets, directory, inputs=inputs)
            history = Record.load(directory / config.name).values["validation_map"]
            found["epochs"].append(len(history))
            found["validation_map"].append(max(history))
            predictor = keras_predictor(aggregator)
            answers = predict_scenarios(
                predictor, user_sets, feature_set, scenarios=[USERS]
            )
            trainings.append(user_values(*answers[USERS]))
            logger.info("%s measured", config.name)
        values[name] = mean_over_seeds(trainings)
        networks[name] = found | {
            metric: [float(np.nanmean(one[metric])) for one in trainings]
            for metric in values[name]
        }
    return {"networks": networks, "gains": paired_gains(values)}


def _seeded(name: str, seed: int, quick: bool) -> SetTrainingConfig:
    config = config_named(name, "aggregator", quick=quick)
    if not isinstance(config, SetTrainingConfig):
        raise ValueError(
            f"{name}: expected a network trained on users' sets, received "
            f"{type(config).__name__}"
        )
    named = name if seed == config.seed else f"{name}-seed-{seed}"
    return replace(config, seed=seed, name=named)
