"""Histories split in time: the earlier photos are given, later interests predicted.

In the paper's protocol, true interests are the categories of the photos given. A
recommender needs the other one: the photos of the earlier part are given, and the
categories of the later part are to be predicted.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from training.simulation.user_sets import UserSet


class SplitHistories(NamedTuple):
    """Histories split in time, in the same order.

    Attributes:
        earlier: The given parts.
        later: The parts to be predicted; never given.
        excluded: Number of histories that cannot be split: of one day, or undated.
    """

    earlier: list[UserSet]
    later: list[UserSet]
    excluded: int


def split_by_time(sets: Sequence[UserSet]) -> SplitHistories:
    """Split each history between two days, as near to half of its photos as can be.

    Photos of one day stay together: within a day no order is known. Of two places
    equally near to half the earlier one is taken.
    """
    earlier, later = [], []
    for one in sets:
        cut = _cut(one.days)
        if cut:
            earlier.append(UserSet(one.user, one.photos[:cut], one.days[:cut]))
            later.append(UserSet(one.user, one.photos[cut:], one.days[cut:]))
    return SplitHistories(earlier, later, len(sets) - len(earlier))


def _cut(days: np.ndarray) -> int:
    """Where the later part begins; 0 if nowhere."""
    if len(days) == 0 or days[0] < 0:
        return 0
    cuts = np.flatnonzero(np.diff(days) > 0) + 1
    if not len(cuts):
        return 0
    return int(cuts[np.argmin(np.abs(cuts - len(days) / 2))])
