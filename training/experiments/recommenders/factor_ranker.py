"""Rankers that score by a bias of the item and factors of user and item."""

import numpy as np

from training.experiments.recommenders.data import User
from training.experiments.recommenders.ranker import Ranker, row_in


class FactorRanker(Ranker):
    """x_ui = bias_i + user_u . item_i.

    `state` holds `item_bias (items,)`, `item_factors (items, k)`, `user_factors
    (users, k)` and `known (users,)`. Of a user without training pairs it knows no
    factors, and ranks by the bias.
    """

    def score(self, user: User) -> np.ndarray:
        """Score all items `(items,)`."""
        row = row_in(self.state["known"], user)
        if row is None:
            return self.state["item_bias"]
        return self.state["item_bias"] + (
            self.state["item_factors"] @ self.state["user_factors"][row]
        )
