"""Histories cut in time, and how well scores tell their later parts."""

from dataclasses import dataclass

import numpy as np

from training.metrics.interest_metrics import average_precision


@dataclass(frozen=True, eq=False)
class Cut:
    """Users of one split, cut in time.

    Attributes:
        earlier: bool `(users, D)`, categories of the photos shown.
        later: bool `(users, D)`, of the photos to come.
        answers: Probabilities from the earlier photos, `(users, D)`, by aggregator.
        left_out: Users whose histories cannot be cut.
    """

    earlier: np.ndarray
    later: np.ndarray
    answers: dict[str, np.ndarray]
    left_out: int

    @property
    def new(self) -> np.ndarray:
        """Later categories that no earlier photo shows."""
        return self.later & ~self.earlier

    def precision(self, scores: np.ndarray) -> dict[str, np.ndarray]:
        """Average precision of each user, NaN where nothing is to be found.

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
