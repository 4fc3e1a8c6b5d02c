"""Nearest neighbours: items that look like what the user shows."""

from dataclasses import dataclass
from typing import Self

import numpy as np

from photo_interests.recommendation.item_scores import unit_vectors
from training.experiments.recommenders.data import RankingData, User
from training.experiments.recommenders.ranker import Ranker


@dataclass
class Nearest(Ranker):
    """Cosine of standardised features of items and of photos and items taken.

    Attributes:
        of_mean: Whether to the mean of what the user shows, or to the most alike of it.
    """

    of_mean: bool

    def fit(self, data: RankingData) -> Self:
        """Take mean and deviation of the items' features."""
        values = np.asarray(data.features, np.float32)
        deviation = values.std(axis=0)
        self.state = {
            "features": data.features,
            "mean": values.mean(axis=0),
            "deviation": np.where(deviation > 0, deviation, 1).astype(np.float32),
            "items": unit_vectors(data.standardised),
        }
        return self

    def score(self, user: User) -> np.ndarray:
        """Score all items `(items,)`.

        Raises:
            ValueError: The user has neither photos nor a history.
        """
        shown = shown_by(user, self.state["features"])
        shown = (shown - self.state["mean"]) / self.state["deviation"]
        if self.of_mean:
            shown = shown.mean(axis=0, keepdims=True)
        return (self.state["items"] @ unit_vectors(shown).T).max(axis=1)


def shown_by(user: User, features: np.ndarray) -> np.ndarray:
    """Features of a user's photos and of the items taken, float32.

    Raises:
        ValueError: The user has neither photos nor a history.
    """
    parts = [features[user.history]]
    if user.photos is not None:
        parts.append(user.photos)
    shown = np.concatenate(parts).astype(np.float32)
    if not len(shown):
        raise ValueError(
            f"user {user.number}: expected photos or a history, received neither"
        )
    return shown
