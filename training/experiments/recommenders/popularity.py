"""The most popular first, the same for everybody."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from training.experiments.recommenders.data import RankingData, User
from training.experiments.recommenders.ranker import Ranker


@dataclass
class Popularity(Ranker):
    """Scores an item by how many took it in training."""

    def fit(self, data: RankingData) -> Self:
        """Count."""
        counts = np.bincount(data.train[:, 1], minlength=len(data.items))
        self.state = {"counts": counts.astype(np.float32)}
        return self

    def score(self, user: User) -> np.ndarray:
        """Score all items `(items,)`."""
        return self.state["counts"]
