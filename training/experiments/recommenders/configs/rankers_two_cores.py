"""Does a profile from photos rank products better than those who learn who took what?

The visual recommenders' tutorial (ACM IUI 2021, Wikimedia Commons) prints AUC .778 for
VBPR and .832 for DVBPR; the DVBPR paper (AmazonFashion) .628 for BPR-MF, .709 for
factorisation machines, .748 for VBPR and .796 for DVBPR. Theirs are other data. Ours
are simulated users over real photo features, and pictures of 96 pixels, which two cores
can train on. Settings were chosen on validation users by hand: weights of L2 of .001 to
.3, 50 and 100 factors, learning rates. The published ones are those of
`rankers_full.py`. DVBPR gets minutes of two cores and one setting: more of both should
help it; `rankers_full.py` has it from a fine-tuned MobileNet. ItemKNN (20 to 1,000
neighbours) and EASE (penalties of 10 to 3,000) were searched the same way. Command:
`python -m training.experiments.recommenders`.
"""

from typing import Any

from training.experiments.recommenders.bpr_mf import BprMf
from training.experiments.recommenders.config import PROPOSED, RankersConfig
from training.experiments.recommenders.dvbpr import Dvbpr
from training.experiments.recommenders.factorisation_machine import FactorisationMachine
from training.experiments.recommenders.folded import FoldedVbpr
from training.experiments.recommenders.item_models import Ease, ItemKnn
from training.experiments.recommenders.layouts.simulated import ShopConfig
from training.experiments.recommenders.nearest import Nearest
from training.experiments.recommenders.popularity import Popularity
from training.experiments.recommenders.profile import Profile
from training.experiments.recommenders.vbpr import Vbpr

BUNDLE = "models/everyday-178"
TRAINED: dict[str, Any] = {
    "epochs": 200,
    "learning_rate": 0.01,
    "batch_size": 8192,
    "eval_every": 10,
    "patience": 3,
    "regularisation": 0.01,
    "bias_regularisation": 0.01,
    "seed": 1,
}
PICTURES: dict[str, Any] = TRAINED | {
    "epochs": 30,
    "learning_rate": 0.001,
    "encoder_learning_rate": 0.001,
    "eval_every": 5,
    "patience": 2,
    "visual_factors": 50,
    "encoder_regularisation": 1e-5,
    "dropout": 0.2,
    "block": 64,
    "negatives": 4,
}


def get_config() -> RankersConfig:
    """Give the comparison."""
    visual: dict[str, Any] = {"visual_factors": 50, "encoder_regularisation": 0.001}
    untrained: dict[str, Any] = {"width": 0.25, "weights": "", "frozen_convolutions": 0}
    return RankersConfig(
        name="rankers_two_cores",
        rankers={
            "popularity": Popularity(),
            "ItemKNN": ItemKnn(neighbours=1000, shrinkage=1.0),
            "EASE": Ease(penalty=100.0),
            "BPR-MF, K 50": BprMf(50, 400, 0.05, 0.01, seed=1),
            "BPR-MF, K 100": BprMf(100, 400, 0.05, 0.01, seed=1),
            "factorisation machine, K 50": FactorisationMachine(50, **TRAINED),
            "factorisation machine, K 100": FactorisationMachine(100, **TRAINED),
            "VBPR, K 50": Vbpr(50, **TRAINED, **visual),
            "VBPR, K 100": Vbpr(100, **TRAINED, **visual | {"visual_factors": 100}),
            "VBPR, K 50, no latent factors": Vbpr(0, **TRAINED, **visual),
            "VBPR, K 50, folded in from photos": FoldedVbpr(
                50,
                **TRAINED | {"regularisation": 0.1},
                visual_factors=50,
                encoder_regularisation=0.0,
                others=100,
            ),
            "DVBPR, narrow, from random weights": Dvbpr(50, **PICTURES, **untrained),
            "DVBPR, narrow, no latent factors": Dvbpr(0, **PICTURES, **untrained),
            "nearest to the mean photo": Nearest(of_mean=True),
            "nearest to a photo": Nearest(of_mean=False),
            "proposed, categories given": Profile(BUNDLE, True, popularity=0.2),
            "proposed, interactions only": Profile(BUNDLE, False, 0.2, photos=False),
            PROPOSED: Profile(BUNDLE, False, popularity=0.2),
        },
        left_one_out=(
            "popularity",
            "ItemKNN",
            "EASE",
            "BPR-MF, K 50",
            "factorisation machine, K 50",
            "VBPR, K 50",
            "nearest to a photo",
            "proposed, interactions only",
            PROPOSED,
        ),
        picture_size=96,
        shop=ShopConfig(),
    )
