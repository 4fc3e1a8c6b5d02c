"""How well a ranker does on validation, to stop training and to choose settings."""

from collections.abc import Callable

import numpy as np

from training.experiments.recommenders.data import RankingData, User, items_by_user
from training.experiments.recommenders.ranking import METRICS, rank_metrics, tie_order

USERS = 400
"""Validation users looked at, at most; drawn once."""


def validation_quality(
    data: RankingData,
    score: Callable[[User], np.ndarray],
    metric: str = "nDCG@100",
) -> float:
    """Mean of a metric over validation users who took something in training.

    Args:
        data: The users and the items.
        score: Gives scores of all items for a user, float `(items,)`.
        metric: One of `METRICS`.

    Returns:
        0 where there is no such user: then the last epoch is as good as any.
    """
    wanted = items_by_user(data.validation, len(data.users))
    users = [
        row
        for row in np.flatnonzero(data.groups != "new")
        if len(np.setdiff1d(wanted[row], data.taken[row]))
    ]
    if not users:
        return 0.0
    random = np.random.default_rng(data.tie_seed)
    chosen = random.permutation(users)[:USERS]
    ties = tie_order(len(data.items), data.tie_seed)
    column = METRICS.index(metric)
    values = []
    for row in chosen:
        candidates = np.ones(len(data.items), bool)
        candidates[data.taken[row]] = False
        relevant = np.setdiff1d(wanted[row], data.taken[row])
        scores = score(data.user(int(row)))
        values.append(rank_metrics(scores, relevant, candidates, ties)[column])
    return float(np.mean(values))
