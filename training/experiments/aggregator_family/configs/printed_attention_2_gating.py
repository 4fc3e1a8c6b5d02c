"""How good is the paper's best network by its printed recipe?

Features as they are, scores q.x as they are, positive weight 36, Adam at 1e-3, a hidden
layer of 2,048 with dropout .5, the same users in each epoch. In an independent
implementation it reached .366 of MAP on the same users. Command: `python -m training
aggregators printed_attention_2_gating`; all of them:
`python -m training.experiments.aggregator_family tuned`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pooled_aggregator import PooledAggregator
from training.aggregators.pools.two_block_pool import TwoBlockPool
from training.experiments.aggregator_family.recipe import QUICK_EPOCHS


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Few epochs.
    """
    return SetTrainingConfig(
        name="printed_attention_2_gating",
        aggregator=PooledAggregator,
        options={"pool": TwoBlockPool(), "hidden": 2048, "dropout": 0.5, "gated": True},
        epochs=QUICK_EPOCHS if quick else 20,
        learning_rate=1e-3,
        positive_weight=36.0,
        raw_features=True,
    )
