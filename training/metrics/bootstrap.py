"""Percentile bootstrap over users: how far a number could be chance.

Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13. A statistic
here is a function of sums over users, such as a mean (sum / count) or micro F1, so that
all resamples are one matrix product; two models are compared on the same resamples.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

RESAMPLES = 1000
CONFIDENCE = 0.95
Finish = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class Interval:
    """A value and the interval around it that chance explains.

    Attributes:
        value: On all users.
        low: Lower end of the 95 % interval.
        high: Upper end.
    """

    value: float
    low: float
    high: float


class Bootstrap:
    """Resamples of users, the same for every statistic taken with it.

    Args:
        users: How many there are.
        seed: Of the resampling.
        resamples: How many; few where only values are wanted.
    """

    def __init__(self, users: int, seed: int = 0, resamples: int = RESAMPLES) -> None:
        if users < 1:
            raise ValueError(f"users: expected at least 1, received {users}")
        random = np.random.default_rng(seed)
        even = np.full(users, 1 / users)
        self._counts = random.multinomial(users, even, resamples).astype(float)

    def interval(self, columns: np.ndarray, finish: Finish) -> Interval:
        """Bound a statistic of sums over users.

        Args:
            columns: float `(users, m)`, what each user adds to each sum.
            finish: Gives the statistic `(rows,)` from sums `(rows, m)`. Resamples for
                which it is not a number (nothing to divide by) do not count.

        Raises:
            ValueError: `columns` has another number of users.
        """
        if len(columns) != self._counts.shape[1]:
            raise ValueError(
                f"columns: expected {self._counts.shape[1]} users, "
                f"received {len(columns)}"
            )
        columns = np.asarray(columns, float)
        value = finish(columns.sum(axis=0, keepdims=True))[0]
        resampled = finish(self._counts @ columns)
        resampled = resampled[~np.isnan(resampled)]
        if not len(resampled):
            return Interval(float(value), float("nan"), float("nan"))
        tail = (1 - CONFIDENCE) / 2
        low, high = np.quantile(resampled, [tail, 1 - tail])
        return Interval(float(value), float(low), float(high))

    def mean(self, values: np.ndarray) -> Interval:
        """Bound the mean of one number a user; NaN for users it does not exist for."""
        known = ~np.isnan(values)
        columns = np.stack([np.where(known, values, 0.0), known], axis=1)
        return self.interval(columns, ratio)

    def difference(self, first: np.ndarray, second: np.ndarray) -> Interval:
        """Bound mean(first - second) of two numbers of the same users."""
        return self.mean(np.asarray(first, float) - np.asarray(second, float))

    def p_value(self, differences: np.ndarray) -> float:
        """Two-sided p of a mean of 0, from the resamples on the other side of it.

        Davison and Hinkley, "Bootstrap Methods and their Application" (1997), 4.2: one
        is added to both counts, so that it is never 0.

        Args:
            differences: float `(users,)`; NaN for users without one.
        """
        known = ~np.isnan(differences)
        sums = self._counts @ np.where(known, differences, 0.0)
        beyond = min((sums <= 0).sum(), (sums >= 0).sum())
        return float(min(1.0, 2 * (beyond + 1) / (len(sums) + 1)))


def holm(p_values: Mapping[str, float]) -> dict[str, float]:
    """Adjust the p-values of one family of comparisons (Holm, 1979).

    Args:
        p_values: By name.

    Returns:
        By the same names: a comparison whose value is below .05 may be called a
        difference, with a chance of 5 % that any such call of the family is wrong.
    """
    adjusted, largest = {}, 0.0
    for place, name in enumerate(sorted(p_values, key=p_values.__getitem__)):
        largest = max(largest, (len(p_values) - place) * p_values[name])
        adjusted[name] = min(1.0, largest)
    return {name: adjusted[name] for name in p_values}


def ratio(sums: np.ndarray) -> np.ndarray:
    """Divide the first sum by the second; not a number where that is 0."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return sums[:, 0] / np.where(sums[:, 1] == 0, np.nan, sums[:, 1])
