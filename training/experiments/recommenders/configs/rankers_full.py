"""The comparison at full size, with the regularisation that was published.

VBPR: L2 .01 of factors and biases and none of E. DVBPR: K 100, L2 1 of theta and .001
of the network's weights in a sum over batches of 128 triples, Adam 1e-4, 20 epochs,
dropout .5, pictures of 224 pixels, the whole network trained; MobileNet 1.0 from our
fine-tuned weights. Hours on two cores. Command:
`python -m training.experiments.recommenders --config rankers_full`.
"""

from dataclasses import replace
from typing import Any

from training.experiments.recommenders.config import RankersConfig
from training.experiments.recommenders.configs import rankers_two_cores as small
from training.experiments.recommenders.dvbpr import Dvbpr
from training.experiments.recommenders.vbpr import Vbpr

TRIPLES_OF_A_SUM = 128
"""The published loss is a sum over this many triples, ours is a mean."""


def get_config() -> RankersConfig:
    """Give the comparison."""
    config = small.get_config()
    visual: dict[str, Any] = {"visual_factors": 50, "encoder_regularisation": 0.0}
    pictures = small.PICTURES | {
        "epochs": 20,
        "learning_rate": 1e-4,
        "encoder_learning_rate": 1e-4,
        "regularisation": 1.0,
        "encoder_regularisation": 0.001 / TRIPLES_OF_A_SUM,
        "visual_factors": 100,
        "dropout": 0.5,
        "eval_every": 2,
        "width": 1.0,
        "weights": "runs/backbone/backbone_two_cores/extractor.keras",
        "frozen_convolutions": 0,
    }
    kept = {
        name: ranker
        for name, ranker in config.rankers.items()
        if not isinstance(ranker, Dvbpr) and type(ranker) is not Vbpr
    }
    return replace(
        config,
        name="rankers_full",
        rankers=kept
        | {
            "VBPR, K 50": Vbpr(50, **small.TRAINED, **visual),
            "VBPR, K 100": Vbpr(
                100, **small.TRAINED, **visual | {"visual_factors": 100}
            ),
            "VBPR, K 50, no latent factors": Vbpr(0, **small.TRAINED, **visual),
            "DVBPR, K 100": Dvbpr(100, **pictures),
            "DVBPR, K 100, no latent factors": Dvbpr(0, **pictures),
        },
        picture_size=224,
    )
