"""Next-interest evaluation in several simulation scenarios."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from training.experiments.temporal.next_interests import (
    measure_next_interests,
    split_users,
)
from training.features.feature_set import FeatureSet
from training.metrics.compare import ComparedModel
from training.simulation.config import SimulationConfig, get_config
from training.simulation.scenario_names import USERS, title
from training.simulation.simulate import simulate
from training.simulation.tastes import group_tastes
from training.simulation.user_sets import UserSets

logger = logging.getLogger(__name__)
FEW = 10
"""Users of the parts of a scenario that are not measured."""
DISTINCT = 4
"""How many times as distinct the groups of taste of another scenario are."""


def measure_scenarios(
    models: Mapping[str, ComparedModel],
    feature_set: FeatureSet,
    sets: UserSets,
    seeds: int,
) -> dict[str, Any]:
    """Measure later interests of the given users and, if simulated, of other scenarios.

    Args:
        models: By name; the co-occurrence model reads the first one's evidence,
            and in scenarios other than the given one only the first is measured.
        feature_set: The photos.
        sets: The users of `compare`.
        seeds: Number of simulation seeds.

    Returns:
        By scenario: see `measure_next_interests`.
    """
    predictors = {name: one.predictor for name, one in models.items()}
    if USERS not in sets.scenarios:
        (people,) = sets.scenarios
        return {
            title(people): measure_next_interests(
                split_users(predictors, sets, feature_set)
            )
        }
    given = get_config()
    scenarios = {
        f"seed {seed}": replace(given, seed=seed) for seed in range(1, seeds + 1)
    }
    concentration = given.group_concentration / DISTINCT
    scenarios[f"seed {given.seed}, groups of taste {DISTINCT} times as distinct"] = (
        replace(given, group_concentration=concentration)
    )
    scenarios[f"seed {given.seed}, people of one lasting, narrow taste"] = _narrow(
        given
    )
    name, predictor = next(iter(predictors.items()))
    measured = {}
    for name_, scenario in scenarios.items():
        known = scenario == given
        users = sets if known else UserSets(simulate(feature_set, _small(scenario)))
        read = predictors if known else {name: predictor}
        cuts = split_users(read, users, feature_set)
        tastes = group_tastes(scenario, len(feature_set.categories))
        measured[name_] = measure_next_interests(cuts, tastes)
        logger.info("simulated scenario of %s measured", name_)
    return measured


def _narrow(scenario: SimulationConfig) -> SimulationConfig:
    """A scenario with predictable new interests: each is of one distinct group."""
    return replace(
        scenario, group_concentration=10.0, membership_concentration=0.01, drift=0.0
    )


def _small(scenario: SimulationConfig) -> SimulationConfig:
    few = dict.fromkeys(scenario.users, FEW)
    return replace(scenario, galleries=few, interest_free=few)
