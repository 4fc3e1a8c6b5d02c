"""Does a squeezed first block that asks a whole second one combine their strengths?

Poster (Amazon Fashion, "squeeze-expand", 4.5 MB): P@5 .90, R@5 .77, P@20 .84, R@20 .94.
Scores are scaled: see `attention_2_gating`. Command: `python -m training aggregators
squeeze_expand_2`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pooled_aggregator import PooledAggregator
from training.aggregators.pools.squeeze_expand_pool import SqueezeExpandPool


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Fewer epochs.
    """
    return SetTrainingConfig(
        name="squeeze_expand_2",
        aggregator=PooledAggregator,
        options={
            "pool": SqueezeExpandPool(score_scale=1 / 32),
            "hidden": 256,
            "dropout": 0.5,
        },
        epochs=5 if quick else 20,
    )
