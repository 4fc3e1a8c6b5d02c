"""How good are two attention blocks without gating once they are tuned?

The recipe is `recipe.py`. Command: `python -m training aggregators tuned_attention_2`;
its search:
`python -m training.experiments.aggregator_family search --network tuned_attention_2`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pools.two_block_pool import TwoBlockPool
from training.experiments.aggregator_family.recipe import tuned


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Few epochs.
    """
    return tuned("tuned_attention_2", TwoBlockPool(score_scale=1 / 32), quick=quick)
