"""What does context gating add to one attention block? The poster's best network.

Poster (Amazon Fashion, "attention-1 + CG", 6 MB): P@5 .93, R@5 .78, P@20 .89, R@20
.94. Command: `python -m training aggregators attention_1_gating`.
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
        "attention_1_gating",
        AttentionPool(score_scale=1 / 32),
        quick,
        hidden=256,
        dropout=0.5,
        gated=True,
    )
