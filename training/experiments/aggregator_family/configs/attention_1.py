"""Does one learned query find the photos that matter? NAN's first block.

Paper (Home & Kitchen, "NA"): P@5 .839, R@5 .773, P@20 .637, R@20 .944. Scores are
divided by the root of the dimension: see `attention_2_gating`. Command: `python -m
training aggregators attention_1`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pools.attention_pool import AttentionPool
from training.experiments.aggregator_family.recipe import published


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Fewer epochs.
    """
    return published(
        "attention_1",
        AttentionPool(score_scale=1 / 32),
        quick,
        hidden=2048,
        dropout=0.5,
    )
