"""Does a second block, asked by what the first has found, help? NAN in full.

Paper: two blocks give higher recall and lower precision than one, a lower F1 from k =
10 on, and want a smaller positive weight; its table has no row of its own for them.
`attention-study` shows why the network as published does not learn here. Command:
`python -m training aggregators attention_2`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pools.two_block_pool import TwoBlockPool
from training.experiments.aggregator_family.recipe import published


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Fewer epochs.
    """
    return published(
        "attention_2", TwoBlockPool(score_scale=1 / 32), quick, hidden=2048, dropout=0.5
    )
