"""Simulated users: sets of labelled photos with dates, made from one split each."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from training.features.feature_set import FeatureSet
from training.features.photo_columns import SPLITS
from training.simulation import scenarios
from training.simulation.config import World
from training.simulation.photo_pools import PhotoPools, deal
from training.simulation.tastes import draw_interests, group_tastes
from training.simulation.user_sets import SCHEMA

INTEREST_FREE = {
    "seen": scenarios.INTEREST_FREE_SEEN,
    "unseen": scenarios.INTEREST_FREE_UNSEEN,
}


@dataclass(frozen=True, eq=False)
class Population:
    """Users of one world and split before they are given photos.

    Attributes:
        world: Name of the world.
        photos: int `(users,)`, photos of each user.
        none: int `(users,)`, how many of these are of no interest.
        interests: Fewest and most interests given to a user.
        roles: Roles of the photos of no interest.
    """

    world: str
    photos: np.ndarray
    none: np.ndarray
    interests: tuple[int, int]
    roles: tuple[str, ...]


def simulate(feature_set: FeatureSet, world: World) -> pd.DataFrame:
    """Make every simulated user of every split.

    Args:
        feature_set: Gives the photos; its features are not looked at.
        world: What users are like.

    Returns:
        Columns of `user_sets.SCHEMA`. The same seed and photos give the same table.

    Raises:
        ValueError: A split lacks photos that its users need.
    """
    tastes = group_tastes(world, len(feature_set.categories))
    tables = []
    for number, split in enumerate(SPLITS, start=1):
        random = np.random.default_rng([world.seed, number])
        pools = PhotoPools.of_split(feature_set, split)
        for population in _populations(random, world, split, tuple(pools.none)):
            table = _give_photos(random, population, pools, tastes, world)
            table.insert(0, "split", split)
            table.insert(0, "world", population.world)
            tables.append(table)
    return pd.concat(tables, ignore_index=True)[SCHEMA.names]


def _populations(
    random: np.random.Generator, world: World, split: str, roles: tuple[str, ...]
) -> Iterator[Population]:
    photos = _photo_counts(random, world, world.users[split])
    shares = random.uniform(0, world.maximum_none_share, len(photos))
    none = np.floor(shares * photos + random.random(len(photos))).astype(int)
    yield Population(scenarios.USERS, photos, none, world.candidate_interests, roles)
    for size in world.gallery_sizes:
        interests, number = world.gallery_interests[size], world.galleries[split]
        yield _galleries(world, size, interests, number, roles)
    for role in roles:
        photos = _photo_counts(random, world, world.interest_free[split])
        yield Population(
            INTEREST_FREE[role], photos, photos, world.candidate_interests, (role,)
        )
    for large in world.large_galleries:
        if number := large.users.get(split, 0):
            yield _galleries(world, large.photos, large.interests, number, roles)


def _galleries(
    world: World,
    size: int,
    interests: tuple[int, int],
    number: int,
    roles: tuple[str, ...],
) -> Population:
    photos = np.full(number, size)
    none = np.full(number, round(world.gallery_none_share * size))
    return Population(scenarios.gallery(size), photos, none, interests, roles)


def _photo_counts(random: np.random.Generator, world: World, users: int) -> np.ndarray:
    """Draw numbers of photos: the fewest plus a geometric number, cut at the most."""
    chance = 1 / (world.mean_photos - world.minimum_photos + 1)
    more = random.geometric(chance, users) - 1
    return np.minimum(world.minimum_photos + more, world.maximum_photos)


def _give_photos(
    random: np.random.Generator,
    population: Population,
    pools: PhotoPools,
    tastes: np.ndarray,
    world: World,
) -> pd.DataFrame:
    users = np.repeat(np.arange(len(population.photos)), population.photos)
    days = world.first_day + random.integers(0, world.days, len(users))
    days = days[np.lexsort((days, users))]
    is_none = _choose(random, users, population.none)
    photos = np.empty(len(users), np.int32)
    for rows, pool in _none_rows(random, np.flatnonzero(is_none), population, world):
        photos[rows] = deal(random, users[rows], pools.none[pool])
    interests = draw_interests(
        random,
        np.where(pools.available, tastes, 0.0),
        len(population.photos),
        population.interests,
        world,
    )
    rows = np.flatnonzero(~is_none)
    times = (days[rows] - world.first_day) / world.days
    kinds = interests.draw(random, users[rows], times, world.interest_span)
    for kind in np.unique(kinds):
        chosen = rows[kinds == kind]
        photos[chosen] = deal(random, users[chosen], pools.categories[kind])
    return pd.DataFrame({"user": users, "photo": photos, "day": days}).astype(np.int32)


def _none_rows(
    random: np.random.Generator, rows: np.ndarray, population: Population, world: World
) -> Iterator[tuple[np.ndarray, str]]:
    """Part the rows for photos of no interest into those of each role."""
    if len(population.roles) == 1:
        yield rows, population.roles[0]
    else:
        unseen = random.random(len(rows)) < world.unseen_share
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
