"""BPR matrix factorisation, trained as VBPR and the other gradient rankers are."""

from dataclasses import dataclass

from training.experiments.recommenders.bpr_model import BprModel
from training.experiments.recommenders.data import RankingData
from training.experiments.recommenders.gradient_ranker import GradientRanker


@dataclass
class MatrixFactorisation(GradientRanker):
    """Rendle et al. (UAI 2009) by Adam on batches of triples: VBPR without pictures.

    `BprMf` is the same model as cornac trains it. Without attributes of items a
    factorisation machine is this model too.
    """

    def build(self, data: RankingData) -> BprModel:
        """Make the model before training."""
        return BprModel(
            len(data.users),
            len(data.items),
            self.factors,
            regularisation=self.regularisation,
            bias_regularisation=self.bias_regularisation,
        )
