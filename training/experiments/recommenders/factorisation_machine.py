"""Factorisation machines over user, item and the item's category."""

from dataclasses import dataclass

import numpy as np

from training.experiments.recommenders.bpr_model import BprModel
from training.experiments.recommenders.data import RankingData
from training.experiments.recommenders.gradient_ranker import GradientRanker


@dataclass
class FactorisationMachine(GradientRanker):
    """Rendle, "Factorization Machines" (ICDM 2010), of second order.

    Three features are active in a pair: the user, the item, and the item's category,
    and every two of them interact. Trained on triples like the others: the DVBPR paper
    compares with it so. cornac's own takes a user and an item only, which
    is a matrix factorisation by another name.
    """

    def build(self, data: RankingData) -> BprModel:
        """Make the model before training.

        Raises:
            ValueError: No item has a category.
        """
        if not (data.categories >= 0).any():
            raise ValueError("categories: expected some for this ranker, received none")
        count = int(data.categories.max()) + 1
        # An item of unknown category (-1) gets a row of zeros: no attribute is active.
        attributes = np.eye(count + 1, dtype=np.float32)[data.categories][:, :-1]
        return BprModel(
            len(data.users),
            len(data.items),
            self.factors,
            attributes=attributes,
            regularisation=self.regularisation,
            bias_regularisation=self.bias_regularisation,
        )
