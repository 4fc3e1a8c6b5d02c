"""Simulated users: sets of labelled photos with dates, made from one split each."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from training.features.feature_set import FeatureSet
from training.features.photo_columns import SPLITS
from training.simulation import scenario_names
from training.simulation.config import SimulationConfig
from training.simulation.photo_pools import PhotoPools, sample_without_replacement
from training.simulation.tastes import draw_interests, group_tastes
from training.simulation.user_sets import SCHEMA, UserSet, UserSets

INTEREST_FREE = {
    "seen": scenario_names.INTEREST_FREE_SEEN,
    "unseen": scenario_names.INTEREST_FREE_UNSEEN,
}


@dataclass(frozen=True, eq=False)
class Population:
    """Users of one scenario and split before they are given photos.

    Attributes:
        scenario: Name of the scenario.
        photos: int `(users,)`, photos of each user.
        none: int `(users,)`, how many of these are background photos.
        interests: Fewest and most interests given to a user.
        roles: Roles of the background photos.
    """

    scenario: str
    photos: np.ndarray
    none: np.ndarray
    interests: tuple[int, int]
    roles: tuple[str, ...]


def simulate(feature_set: FeatureSet, scenario: SimulationConfig) -> pd.DataFrame:
    """Make every simulated user of every split.

    Args:
        feature_set: Gives the photos; its features are not looked at.
        scenario: What users are like.

    Returns:
        Columns of `user_sets.SCHEMA`. The same seed and photos give the same table.

    Raises:
        ValueError: A split lacks photos that its users need.
    """
    tastes = group_tastes(scenario, len(feature_set.categories))
    tables = []
    for number, split in enumerate(SPLITS, start=1):
        random = np.random.default_rng([scenario.seed, number])
        pools = PhotoPools.of_split(feature_set, split)
        for population in _populations(random, scenario, split, tuple(pools.none)):
            table = _give_photos(random, population, pools, tastes, scenario)
            table.insert(0, "split", split)
            table.insert(0, "world", population.scenario)
            tables.append(table)
    return pd.concat(tables, ignore_index=True)[SCHEMA.names]


def draw_users(
    feature_set: FeatureSet, scenario: SimulationConfig, split: str, draw: int
) -> list[UserSet]:
    """Draw other users of the same population from the same photos.

    Args:
        feature_set: Gives the photos.
        scenario: What users are like; its seed decides the groups of taste.
        split: Split whose photos they show.
        draw: Number of the draw; each gives other users.

    Returns:
        As many users as the scenario has in this split.
    """
    pools = PhotoPools.of_split(feature_set, split)
    random = np.random.default_rng([scenario.seed, SPLITS.index(split) + 1, draw])
    population = next(_populations(random, scenario, split, tuple(pools.none)))
    tastes = group_tastes(scenario, len(feature_set.categories))
    table = _give_photos(random, population, pools, tastes, scenario)
    table = table.assign(split=split, world=population.scenario)
    return UserSets(table[SCHEMA.names]).sets(population.scenario, split)


def _populations(
    random: np.random.Generator,
    scenario: SimulationConfig,
    split: str,
    roles: tuple[str, ...],
) -> Iterator[Population]:
    photos = _photo_counts(random, scenario, scenario.users[split])
    shares = random.uniform(0, scenario.maximum_none_share, len(photos))
    none = np.floor(shares * photos + random.random(len(photos))).astype(int)
    yield Population(
        scenario_names.USERS, photos, none, scenario.candidate_interests, roles
    )
    for size in scenario.gallery_sizes:
        interests, number = scenario.gallery_interests[size], scenario.galleries[split]
        yield _galleries(scenario, size, interests, number, roles)
    for role in roles:
        photos = _photo_counts(random, scenario, scenario.interest_free[split])
        yield Population(
            INTEREST_FREE[role], photos, photos, scenario.candidate_interests, (role,)
        )
    for large in scenario.large_galleries:
        if number := large.users.get(split, 0):
            yield _galleries(scenario, large.photos, large.interests, number, roles)


def _galleries(
    scenario: SimulationConfig,
    size: int,
    interests: tuple[int, int],
    number: int,
    roles: tuple[str, ...],
) -> Population:
    photos = np.full(number, size)
    none = np.full(number, round(scenario.gallery_none_share * size))
    return Population(scenario_names.gallery(size), photos, none, interests, roles)


def _photo_counts(
    random: np.random.Generator, scenario: SimulationConfig, users: int
) -> np.ndarray:
    """Draw numbers of photos: the minimum plus a geometric number, truncated."""
    chance = 1 / (scenario.mean_photos - scenario.minimum_photos + 1)
    more = random.geometric(chance, users) - 1
    return np.minimum(scenario.minimum_photos + more, scenario.maximum_photos)


def _give_photos(
    random: np.random.Generator,
    population: Population,
    pools: PhotoPools,
    tastes: np.ndarray,
    scenario: SimulationConfig,
) -> pd.DataFrame:
    users = np.repeat(np.arange(len(population.photos)), population.photos)
    days = scenario.first_day + random.integers(0, scenario.days, len(users))
    days = days[np.lexsort((days, users))]
    is_none = _choose(random, users, population.none)
    photos = np.empty(len(users), np.int32)
    for rows, pool in _none_rows(random, np.flatnonzero(is_none), population, scenario):
        photos[rows] = sample_without_replacement(random, users[rows], pools.none[pool])
    interests = draw_interests(
        random,
        np.where(pools.available, tastes, 0.0),
        len(population.photos),
        population.interests,
        scenario,
    )
    rows = np.flatnonzero(~is_none)
    times = (days[rows] - scenario.first_day) / scenario.days
    kinds = interests.draw(random, users[rows], times, scenario.interest_span)
    for kind in np.unique(kinds):
        chosen = rows[kinds == kind]
        photos[chosen] = sample_without_replacement(
            random, users[chosen], pools.categories[kind]
        )
    return pd.DataFrame({"user": users, "photo": photos, "day": days}).astype(np.int32)


def _none_rows(
    random: np.random.Generator,
    rows: np.ndarray,
    population: Population,
    scenario: SimulationConfig,
) -> Iterator[tuple[np.ndarray, str]]:
    """Split the rows of background photos by role."""
    if len(population.roles) == 1:
        yield rows, population.roles[0]
    else:
        unseen = random.random(len(rows)) < scenario.unseen_share
        yield rows[unseen], "unseen"
        yield rows[~unseen], "seen"


def _choose(
    random: np.random.Generator, users: np.ndarray, counts: np.ndarray
) -> np.ndarray:
    """Mark `counts[u]` rows of each user u, each choice equally likely."""
    order = np.lexsort((random.random(len(users)), users))
    starts = np.searchsorted(users, np.arange(len(counts)))
    turn = np.arange(len(users)) - starts[users]
    marks = np.empty(len(users), bool)
    marks[order] = turn < counts[users]
    return marks
