"""Is attention over squeezed photos as good, in half the size? The poster's smallest.

Poster (Amazon Fashion, "squeezed", 3 MB): P@5 .88, R@5 .77, P@20 .81, R@20 .95. Scores
are divided by the root of the squeezed dimension: see `attention_2_gating`. Command:
`python -m training aggregators squeezed_1`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pooled_aggregator import PooledAggregator
from training.aggregators.pools.squeezed_pool import SqueezedPool


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Fewer epochs.
    """
    return SetTrainingConfig(
        name="squeezed_1",
        aggregator=PooledAggregator,
        options={
            "pool": SqueezedPool(score_scale=1 / 16),
            "hidden": 256,
            "dropout": 0.5,
        },
        epochs=5 if quick else 20,
    )
