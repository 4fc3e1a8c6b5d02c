"""VBPR for somebody it never saw: tastes folded in from photos."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from training.experiments.recommenders.data import RankingData, User
from training.experiments.recommenders.ranker import row_in
from training.experiments.recommenders.vbpr import Vbpr


@dataclass
class FoldedVbpr(Vbpr):
    """VBPR whose theta of a new user is fitted to the user's photos.

    The photos stand in for items taken: theta maximises the BPR likelihood of each
    photo against each of some items drawn once, under the regularisation of training;
    E stays as it is. The latent factors, which no photo has, stay 0.

    Attributes:
        others: Items that photos are set against.
    """

    others: int

    def fit(self, data: RankingData) -> "FoldedVbpr":
        """Train as VBPR, and keep what turns photos into visual factors."""
        super().fit(data)
        values = np.asarray(data.features, np.float32)
        deviation = values.std(axis=0)
        deviation = np.where(deviation > 0, deviation, 1)
        self.state |= {
            "mean": values.mean(axis=0),
            "deviation": deviation * np.float32(np.sqrt(data.features.shape[1])),
            "others_drawn": np.random.default_rng(self.seed).choice(
                np.unique(data.train[:, 1]), self.others
            ),
        }
        return self

    def score(self, user: User) -> np.ndarray:
        """Score all items `(items,)`."""
        if row_in(self.state["known"], user) is not None or user.photos is None:
            return super().score(user)
        state = self.state
        read = (user.photos.astype(np.float32) - state["mean"]) / state["deviation"]
        items = state["item_factors"][:, self.factors :]
        taste = self._fold(read @ state["encoder"], items[state["others_drawn"]])
        return state["item_bias"] + items @ taste

    def _fold(self, photos: np.ndarray, others: np.ndarray) -> np.ndarray:
        differences = photos[:, None] - others[None]
        rows = differences.reshape(-1, photos.shape[1]).astype(float)

        def loss(taste: np.ndarray) -> tuple[float, np.ndarray]:
            margins = rows @ taste
            value = np.logaddexp(0, -margins).mean()
            slope = -(expit(-margins) @ rows) / len(rows)
            value += 0.5 * self.regularisation * taste @ taste
            return float(value), slope + self.regularisation * taste

        start = np.zeros(photos.shape[1])
        return minimize(loss, start, jac=True, method="L-BFGS-B").x.astype(np.float32)
