"""How far does the mean photo go? The published baseline, as on the poster.

Poster (Amazon Fashion): P@5 .80, R@5 .59, P@20 .70, R@20 .69; positive weight and
epochs are not printed. Paper (Home & Kitchen): P@5 .75, R@5 .70. In our first
measurements on frozen features: MAP .862 with and .863 without the paper's hidden
layer, positive weight 1 best. Command: `python -m training aggregators average`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pooled_aggregator import PooledAggregator
from training.aggregators.pools.mean_pool import MeanPool


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: For the demo: fewer and longer steps.
    """
    return SetTrainingConfig(
        name="average",
        aggregator=PooledAggregator,
        options={"pool": MeanPool()},
        epochs=8 if quick else 30,
        learning_rate=2e-3 if quick else 1e-3,
    )
