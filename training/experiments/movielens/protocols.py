"""How the ratings are split: for warm users, by time, for cold users, for new items."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pandas as pd

from training.experiments.recommenders.data import RankingData
from training.experiments.recommenders.splits import (
    Split,
    leave_one_out,
    marked,
    temporal,
)

COLD_SHARE = 0.2
COLD_HISTORY = 3
"""Training interactions of a cold user; one more is validation, the rest the test."""
NEW_SHARE = 0.1
"""Share of the items that are new in the test, and as many others in validation."""
TEMPORAL_SHARES = (0.8, 0.9)
Catalogue = Callable[[Split, tuple[str, ...]], RankingData]
"""Joins a split with features and pictures of the named items."""


def by_last(
    events: pd.DataFrame, items: tuple[str, ...], make: Catalogue
) -> RankingData:
    """Leave-one-out: the last interaction of each user is the test."""
    return make(leave_one_out(events, items), items)


def by_time(
    events: pd.DataFrame, items: tuple[str, ...], make: Catalogue
) -> RankingData:
    """Train on the first 80 % of all interactions, validate on 10, test on 10.

    Of a user without an interaction in training nothing is known, and every ranker
    can but give the popular items: those users are dropped from the test.
    """
    first, second = np.quantile(events["time"], TEMPORAL_SHARES).astype(np.int64)
    data = make(temporal(events, items, int(first), int(second)), items)
    known = np.isin(data.test[:, 0], data.train[:, 0])
    return replace(data, test=data.test[known])


def of_cold_users(
    events: pd.DataFrame, items: tuple[str, ...], make: Catalogue, seed: int
) -> RankingData:
    """A fifth of the users have three interactions in training; they are the test.

    Of the others all is training but the last, which is validation.

    Args:
        events: Ascending by time.
        items: Ids.
        make: See `Catalogue`.
        seed: Draws the cold users.
    """
    users = np.array(sorted(set(events["user"])))
    random = np.random.default_rng([seed, 1])
    drawn = random.choice(users, round(COLD_SHARE * len(users)), replace=False)
    cold = events["user"].isin(drawn).to_numpy()
    number = events.groupby("user").cumcount().to_numpy()
    from_last = events.groupby("user").cumcount(ascending=False).to_numpy()
    parts = np.where(from_last > 0, "train", "validation")
    names = np.array(["train", "validation", "test"])
    of_cold = names[np.clip(number - COLD_HISTORY + 1, 0, 2)]
    return make(marked(events, np.where(cold, of_cold, parts), items), items)


def of_new_items(
    events: pd.DataFrame,
    items: tuple[str, ...],
    make: Catalogue,
    seed: int,
    chosen: bool = False,
) -> RankingData:
    """A tenth of the items has no interaction in training; all theirs are the test.

    Another tenth is dropped with all its interactions, to choose settings with. The
    last other interaction of each user is validation, which stops training.

    Args:
        events: Ascending by time.
        items: Ids.
        make: See `Catalogue`.
        seed: Draws both tenths.
        chosen: Whether the tenths change places, so that what is measured is what
            settings are chosen by.
    """
    order = np.random.default_rng([seed, 2]).permutation(np.array(items))
    count = round(NEW_SHARE * len(items))
    new, dropped = order[:count], order[count : 2 * count]
    if chosen:
        new, dropped = dropped, new
    kept = tuple(item for item in items if item not in set(dropped))
    left = events[~events["item"].isin(dropped)]
    is_new = left["item"].isin(new)
    from_last = left.groupby(["user", is_new]).cumcount(ascending=False)
    parts = np.where(from_last > 0, "train", "validation")
    return make(marked(left, np.where(is_new, "test", parts), kept), kept)
