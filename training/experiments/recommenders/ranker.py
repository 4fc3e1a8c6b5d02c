"""What every ranker can do."""

from abc import ABC, abstractmethod
from typing import Self

import numpy as np

from training.experiments.recommenders.data import RankingData, User


class Ranker(ABC):
    """Orders the items of a catalogue for a user.

    A subclass is a dataclass whose fields are its settings. What it learns is in
    `state`, arrays by name, and is all that `score` needs beside the user.
    """

    state: dict[str, np.ndarray]

    @abstractmethod
    def fit(self, data: RankingData) -> Self:
        """Learn from the training part; validation may stop it, the test is unseen."""

    @abstractmethod
    def score(self, user: User) -> np.ndarray:
        """Score all items for a user.

        Returns:
            float `(items,)`, larger is better. For a user unknown to the ranker the
            scores depend on the items alone.

        Raises:
            ValueError: The user is one that `fit` cannot have seen.
        """

    @property
    def size_bytes(self) -> int:
        """Size of all that was learned."""
        return sum(array.nbytes for array in self.state.values())


def row_in(known: np.ndarray, user: User) -> int | None:
    """Row of a user who was trained on, or None for one without a training pair.

    Args:
        known: bool `(users,)`, who had training pairs.
        user: Anybody.

    Raises:
        ValueError: The number is none of the users'.
    """
    if user.number is None:
        return None
    if not 0 <= user.number < len(known):
        raise ValueError(
            f"user: expected 0 to {len(known) - 1}, received {user.number}"
        )
    return user.number if known[user.number] else None
