"""Histories split in time, and how well scores predict their later parts."""

from dataclasses import dataclass

import numpy as np

from training.metrics.interest_metrics import average_precision


@dataclass(frozen=True, eq=False)
class TemporalSplit:
    """Users of one data split, whose histories are split in time.

    Attributes:
        earlier: bool `(users, D)`, categories of the photos shown.
        later: bool `(users, D)`, categories of the later photos.
        answers: Probabilities from the earlier photos, `(users, D)`, by aggregator.
        excluded: Number of users whose histories cannot be split.
    """

    earlier: np.ndarray
    later: np.ndarray
    answers: dict[str, np.ndarray]
    excluded: int

    @property
    def new(self) -> np.ndarray:
        """Later categories that no earlier photo shows."""
        return self.later & ~self.earlier

    def precision(self, scores: np.ndarray) -> dict[str, np.ndarray]:
        """Average precision of each user, NaN where there is no later interest.

        `all`: every later category, ranked among all. `new`: those not seen before,
        ranked among the categories not seen before, for every model the same.
        """
        unseen = np.where(self.earlier, -np.inf, scores)
        return {
            "all": average_precision(self.later, scores),
            "new": average_precision(self.new, unseen),
        }

    def mean_precision(self, scores: np.ndarray, kind: str) -> float:
        """MAP of `all` or `new`."""
        return float(np.nanmean(self.precision(scores)[kind]))
