"""Does a squeezed first block that asks a whole second one combine their strengths?

Poster (Amazon Fashion, "squeeze-expand", 4.5 MB): P@5 .90, R@5 .77, P@20 .84, R@20 .94.
Scores are scaled: see `attention_2_gating`. Command: `python -m training aggregators
squeeze_expand_2`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pools.squeeze_expand_pool import SqueezeExpandPool
from training.experiments.aggregator_family.recipe import published


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Fewer epochs.
    """
    return published(
        "squeeze_expand_2",
        SqueezeExpandPool(score_scale=1 / 32),
        quick,
        hidden=256,
        dropout=0.5,
    )
