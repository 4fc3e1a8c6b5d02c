"""VBPR: what people like to look at, over stored features."""

from dataclasses import dataclass

import keras
import numpy as np

from training.experiments.recommenders.bpr_model import BprModel
from training.experiments.recommenders.data import RankingData
from training.experiments.recommenders.gradient_ranker import GradientRanker


@dataclass
class Vbpr(GradientRanker):
    """He and McAuley, "VBPR: Visual Bayesian Personalized Ranking" (AAAI 2016).

    x_ui = beta_i + gamma_u . gamma_i + theta_u . (E f_i) + beta' . f_i, without the
    constants that cancel in a triple. Regularised as published: factors and biases of
    the triple, and not E.

    Attributes:
        visual_factors: Length of theta and of E f.
        encoder_regularisation: L2 of E.
    """

    visual_factors: int
    encoder_regularisation: float

    def build(self, data: RankingData) -> BprModel:
        """Make the model before training."""
        dimension = data.features.shape[1]
        encoder = keras.layers.Dense(self.visual_factors, use_bias=False)
        encoder.build((None, dimension))
        return BprModel(
            len(data.users),
            len(data.items),
            self.factors,
            encoder=encoder,
            visual_factors=self.visual_factors,
            visual_bias=dimension,
            regularisation=self.regularisation,
            bias_regularisation=self.bias_regularisation,
            encoder_regularisation=self.encoder_regularisation,
        )

    def inputs(self, data: RankingData) -> np.ndarray:
        """Features, each row of about length 1 so that no setting hangs on them."""
        return data.standardised / np.float32(np.sqrt(data.features.shape[1]))

    def learned(
        self, model: BprModel, inputs: np.ndarray | None
    ) -> dict[str, np.ndarray]:
        """Keep E too: it makes visual factors of any photo."""
        assert model.encoder is not None
        return super().learned(model, inputs) | {
            "encoder": model.encoder.kernel.numpy()
        }
