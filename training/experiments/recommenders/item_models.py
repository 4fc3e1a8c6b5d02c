"""Item-to-item baselines: neighbours by co-occurrence, and EASE.

Both score an item by the items that the user took, so that a user needs no training.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt

from training.experiments.recommenders.data import RankingData, User
from training.experiments.recommenders.ranker import Ranker


class ItemModel(Ranker):
    """x_ui = sum of W_ji over the items j that the user took.

    `state` holds `weights (items, items)` with a diagonal of 0, and `popularity
    (items,)`, which orders the items for a user without interactions.
    """

    def score(self, user: User) -> np.ndarray:
        """Score all items `(items,)`."""
        if not len(user.history):
            return self.state["popularity"]
        return self.state["weights"][user.history].sum(axis=0)

    def _set(self, weights: npt.NDArray[np.floating], taken: np.ndarray) -> Self:
        np.fill_diagonal(weights, 0.0)
        self.state = {
            "weights": weights.astype(np.float32),
            "popularity": taken.sum(axis=0, dtype=np.float32),
        }
        return self


@dataclass
class ItemKnn(ItemModel):
    """Nearest items by cosine of the users who took them.

    Deshpande and Karypis, "Item-based top-N recommendation algorithms" (TOIS 2004).

    Attributes:
        neighbours: Number of nearest items kept per item.
        shrinkage: Added to the product of norms: less trust in rare items.
    """

    neighbours: int
    shrinkage: float

    def fit(self, data: RankingData) -> Self:
        """Count who took what, and keep the nearest items of each."""
        taken = interaction_matrix(data)
        both = taken.T @ taken
        norms = np.sqrt(np.diag(both))
        # An item that no user took is like no other, also without shrinkage.
        products = np.maximum(np.outer(norms, norms) + self.shrinkage, 1e-12)
        similarity = both / products
        np.fill_diagonal(similarity, 0.0)
        if self.neighbours < len(similarity):
            least = -np.partition(-similarity, self.neighbours - 1, axis=0)
            similarity[similarity < least[self.neighbours - 1]] = 0.0
        return self._set(similarity, taken)


@dataclass
class Ease(ItemModel):
    """Linear weights between items in closed form, none of an item with itself.

    Steck, "Embarrassingly Shallow Autoencoders for Sparse Data" (WWW 2019).

    Attributes:
        penalty: L2 of the weights.
    """

    penalty: float

    def fit(self, data: RankingData) -> Self:
        """Solve for the weights.

        Raises:
            ValueError: The penalty is not above 0.
        """
        if not self.penalty > 0:
            raise ValueError(f"penalty: expected above 0, received {self.penalty}")
        taken = interaction_matrix(data)
        gram = taken.T @ taken + self.penalty * np.eye(taken.shape[1])
        inverse = np.linalg.inv(gram)
        return self._set(-inverse / np.diag(inverse), taken)


def interaction_matrix(data: RankingData) -> npt.NDArray[np.float64]:
    """Training pairs as ones of `(users, items)`."""
    taken = np.zeros((len(data.users), len(data.items)))
    taken[data.train[:, 0], data.train[:, 1]] = 1.0
    return taken
