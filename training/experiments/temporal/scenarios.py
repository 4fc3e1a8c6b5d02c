"""The second protocol in several worlds: how much there is to tell differs by world."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from training.experiments.temporal.next_interests import cut_users, measure_future
from training.features.feature_set import FeatureSet
from training.metrics.compare import Contender
from training.simulation.config import World, get_config
from training.simulation.scenarios import USERS, title
from training.simulation.simulate import simulate
from training.simulation.tastes import group_tastes
from training.simulation.user_sets import UserSets

logger = logging.getLogger(__name__)
FEW = 10
"""Users of the parts of a world that are not measured."""
DISTINCT = 4
"""How many times as distinct the groups of taste of another world are."""


def measure_worlds(
    contenders: Mapping[str, Contender],
    feature_set: FeatureSet,
    sets: UserSets,
    seeds: int,
) -> dict[str, Any]:
    """Measure later interests of the given users and, if simulated, of other worlds.

    Args:
        contenders: By name; the co-occurrence model reads the first one's evidence,
            and in worlds other than the given one only the first is measured.
        feature_set: The photos.
        sets: The users of `compare`.
        seeds: Worlds of seeds 1 to this.

    Returns:
        By world: see `measure_future`.
    """
    predictors = {name: one.predictor for name, one in contenders.items()}
    if USERS not in sets.worlds:
        (people,) = sets.worlds
        return {title(people): measure_future(cut_users(predictors, sets, feature_set))}
    given = get_config()
    worlds = {f"seed {seed}": replace(given, seed=seed) for seed in range(1, seeds + 1)}
    concentration = given.group_concentration / DISTINCT
    worlds[f"seed {given.seed}, groups of taste {DISTINCT} times as distinct"] = (
        replace(given, group_concentration=concentration)
    )
    worlds[f"seed {given.seed}, people of one lasting, narrow taste"] = _narrow(given)
    name, predictor = next(iter(predictors.items()))
    measured = {}
    for told, world in worlds.items():
        known = world == given
        users = sets if known else UserSets(simulate(feature_set, _small(world)))
        read = predictors if known else {name: predictor}
        cuts = cut_users(read, users, feature_set)
        tastes = group_tastes(world, len(feature_set.categories))
        measured[told] = measure_future(cuts, tastes)
        logger.info("simulated world of %s measured", told)
    return measured


def _narrow(world: World) -> World:
    """A world where new interests can be told: each belongs to one distinct group."""
    return replace(
        world, group_concentration=10.0, membership_concentration=0.01, drift=0.0
    )


def _small(world: World) -> World:
    few = dict.fromkeys(world.users, FEW)
    return replace(world, galleries=few, interest_free=few)
