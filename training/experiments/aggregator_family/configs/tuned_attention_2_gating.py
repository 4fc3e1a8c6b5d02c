"""How good is the paper's best network once it is tuned?

The recipe is `recipe.py`. In an independent implementation it reached .874 of MAP on
the same users.
Command: `python -m training aggregators tuned_attention_2_gating`;
all of them: `python -m training.experiments.aggregator_family tuned`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pools.two_block_pool import TwoBlockPool
from training.experiments.aggregator_family.recipe import tuned


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Few epochs.
    """
    return tuned(
        "tuned_attention_2_gating",
        TwoBlockPool(score_scale=1 / 32),
        gated=True,
        quick=quick,
    )
