"""What does context gating add to one attention block? The poster's best network.

Poster (Amazon Fashion, "attention-1 + CG", 6 MB): P@5 .93, R@5 .78, P@20 .89, R@20
.94. Command: `python -m training aggregators attention_1_gating`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pooled_aggregator import PooledAggregator
from training.aggregators.pools.attention_pool import AttentionPool


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Fewer epochs.
    """
    return SetTrainingConfig(
        name="attention_1_gating",
        aggregator=PooledAggregator,
        options={
            "pool": AttentionPool(score_scale=1 / 32),
            "hidden": 256,
            "dropout": 0.5,
            "gated": True,
        },
        epochs=5 if quick else 20,
    )
