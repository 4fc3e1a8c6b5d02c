"""Rankers measured on the test users of each group, with intervals."""

import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from rich.console import Console
from rich.progress import track

from training.experiments.recommenders.data import GROUPS, RankingData, items_by_user
from training.experiments.recommenders.ranker import Ranker
from training.experiments.recommenders.ranking import METRICS, rank_metrics, tie_order
from training.metrics.bootstrap import Bootstrap

SAMPLED = 100
PROTOCOLS = ("catalogue", "sampled", "new_items")
"""Whole catalogue; against 100 drawn items, as the DVBPR paper measures; and items
without training interactions, among themselves."""


@dataclass(frozen=True, eq=False)
class Ranked:
    """What a ranker reached for each test user.

    Attributes:
        values: By protocol, float `(users, metrics)`; NaN where a user has no
            relevant item under it.
        groups: Of each user.
        seconds_per_user: Mean processor time to score the whole catalogue.
    """

    values: dict[str, np.ndarray]
    groups: np.ndarray
    seconds_per_user: float


def rank_users(ranker: Ranker, data: RankingData) -> Ranked:
    """Rank for every user with something to find in the test.

    Items taken in training or validation are no candidates; neither do they count.
    """
    wanted = items_by_user(data.test, len(data.users))
    seen = items_by_user(np.concatenate([data.train, data.validation]), len(data.users))
    ties = tie_order(len(data.items), data.tie_seed)
    never = ~np.isin(np.arange(len(data.items)), data.train[:, 1])
    rows = users_to_rank(data)
    values = {name: np.full((len(rows), len(METRICS)), np.nan) for name in PROTOCOLS}
    seconds = 0.0
    console = Console(stderr=True)
    shown = track(rows, type(ranker).__name__, console=console, transient=True)
    for place, row in enumerate(shown):
        user = data.user(row)
        started = time.process_time()
        scores = ranker.score(user)
        seconds += time.process_time() - started
        relevant = np.setdiff1d(wanted[row], seen[row])
        candidates = np.ones(len(data.items), bool)
        candidates[seen[row]] = False
        for name, marks in (
            ("catalogue", candidates),
            ("sampled", _drawn(candidates, relevant, data.tie_seed, row)),
            ("new_items", candidates & never),
        ):
            found = relevant[marks[relevant]]
            if len(found):
                values[name][place] = rank_metrics(scores, found, marks, ties)
    return Ranked(values, data.groups[rows], seconds / max(len(rows), 1))


def users_to_rank(data: RankingData) -> list[int]:
    """Rows of the users with something to find in the test that is not known before."""
    wanted = items_by_user(data.test, len(data.users))
    seen = items_by_user(np.concatenate([data.train, data.validation]), len(data.users))
    return [u for u in range(len(data.users)) if len(np.setdiff1d(wanted[u], seen[u]))]


def summary(ranked: Ranked, seed: int = 0) -> dict[str, Any]:
    """Means with intervals: protocol -> group -> `users` and metric -> interval."""
    found: dict[str, Any] = {}
    for protocol, values in ranked.values.items():
        found[protocol] = {}
        for group in GROUPS:
            own = values[ranked.groups == group]
            own = own[~np.isnan(own).all(axis=1)]
            if not len(own):
                continue
            bootstrap = Bootstrap(len(own), seed)
            found[protocol][group] = {"users": len(own)} | {
                metric: asdict(bootstrap.mean(own[:, column]))
                for column, metric in enumerate(METRICS)
                if not np.isnan(own[:, column]).all()
            }
    return found


def differences(
    ranked: Mapping[str, Ranked], reference: str, metric: str, seed: int = 0
) -> dict[str, Any]:
    """How far the reference is above each other ranker: name -> group -> interval."""
    column = METRICS.index(metric)
    first = ranked[reference].values["catalogue"][:, column]
    found: dict[str, Any] = {}
    for name, other in ranked.items():
        if name == reference:
            continue
        second = other.values["catalogue"][:, column]
        found[name] = {}
        for group in GROUPS:
            own = other.groups == group
            if own.any():
                bootstrap = Bootstrap(int(own.sum()), seed)
                interval = bootstrap.difference(first[own], second[own])
                found[name][group] = asdict(interval)
    return found


def _drawn(
    candidates: np.ndarray, relevant: np.ndarray, seed: int, row: int
) -> np.ndarray:
    """Mark what is relevant and items drawn from the rest, the same for any ranker."""
    rest = candidates.copy()
    rest[relevant] = False
    others = np.flatnonzero(rest)
    random = np.random.default_rng([seed, row])
    chosen = random.choice(others, min(SAMPLED, len(others)), replace=False)
    marks = np.zeros(len(candidates), bool)
    marks[chosen] = marks[relevant] = True
    return marks
