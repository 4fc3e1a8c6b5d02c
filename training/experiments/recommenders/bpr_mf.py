"""BPR matrix factorisation, by cornac."""

from dataclasses import dataclass
from typing import Any, Self

import numpy as np

from training.experiments.recommenders.data import RankingData
from training.experiments.recommenders.factor_ranker import FactorRanker


@dataclass
class BprMf(FactorRanker):
    """Rendle et al. (UAI 2009) as cornac trains it, by plain SGD on single triples.

    Attributes:
        factors: Length of the factors.
        epochs: Times through as many triples as there are pairs.
        learning_rate: Of SGD.
        regularisation: L2 of factors and biases.
        seed: Of start and triples; cornac then uses one thread.
    """

    factors: int
    epochs: int
    learning_rate: float
    regularisation: float
    seed: int

    def fit(self, data: RankingData) -> Self:
        """Train for all epochs."""
        model = cornac_bpr(data, **vars_of(self))
        known = np.array([len(items) > 0 for items in data.taken])
        users = np.zeros((len(data.users), self.factors), np.float32)
        factors = np.zeros((len(data.items), self.factors), np.float32)
        bias = np.full(len(data.items), model.i_biases.min(), np.float32)
        # cornac numbers users and items in the order in which they first stand.
        _put(users, model.train_set.uid_map, model.u_factors)
        _put(factors, model.train_set.iid_map, model.i_factors)
        _put(bias, model.train_set.iid_map, model.i_biases)
        self.state = {
            "item_bias": bias,
            "item_factors": factors,
            "user_factors": users,
            "known": known,
        }
        return self


def vars_of(ranker: BprMf) -> dict[str, Any]:
    """Settings under cornac's names."""
    return {
        "k": ranker.factors,
        "max_iter": ranker.epochs,
        "learning_rate": ranker.learning_rate,
        "lambda_reg": ranker.regularisation,
        "seed": ranker.seed,
    }


def cornac_bpr(data: RankingData, **settings: Any) -> Any:
    """Train cornac's own BPR on the training pairs of `data`."""
    from cornac.data import Dataset
    from cornac.models import BPR

    rows = [(int(user), int(item), 1.0) for user, item in data.train]
    train_set = Dataset.from_uir(rows, seed=settings.get("seed"))
    model = BPR(verbose=False, **settings).fit(train_set)
    model.train_set = train_set
    return model


def _put(target: np.ndarray, rows: dict[int, int], values: np.ndarray) -> None:
    for row, place in rows.items():
        target[row] = values[place]
