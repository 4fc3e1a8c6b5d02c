"""The second protocol: the earlier part of a history, and what comes later.

In the first protocol, the sources', true interests are the categories of the very
photos shown. What a recommender needs is told by the second: the photos of the earlier
part are shown, and the categories of the later part are to be told.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from training.simulation.user_sets import UserSet


class TimeSplit(NamedTuple):
    """Histories cut in time, in the same order.

    Attributes:
        earlier: What is shown.
        later: What is to be told; never shown.
        left_out: Histories that cannot be cut: of one day, or without dates.
    """

    earlier: list[UserSet]
    later: list[UserSet]
    left_out: int


def split_by_time(sets: Sequence[UserSet]) -> TimeSplit:
    """Cut each history between two days, as near to half of its photos as can be.

    Photos of one day stay together: within a day no order is known. Of two cuts
    equally near to half the earlier one is taken.
    """
    earlier, later = [], []
    for one in sets:
        cut = _cut(one.days)
        if cut:
            earlier.append(UserSet(one.user, one.photos[:cut], one.days[:cut]))
            later.append(UserSet(one.user, one.photos[cut:], one.days[cut:]))
    return TimeSplit(earlier, later, len(sets) - len(earlier))


def _cut(days: np.ndarray) -> int:
    """Where the later part begins; 0 if nowhere."""
    if len(days) == 0 or days[0] < 0:
        return 0
    cuts = np.flatnonzero(np.diff(days) > 0) + 1
    if not len(cuts):
        return 0
    return int(cuts[np.argmin(np.abs(cuts - len(days) / 2))])
