"""Does the largest value of each feature keep what the mean washes out?

Not published; the plainest thing to try before attention. Command: `python -m
training aggregators mean_max`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pooled_aggregator import PooledAggregator
from training.aggregators.pools.mean_max_pool import MeanMaxPool


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Fewer epochs.
    """
    return SetTrainingConfig(
        name="mean_max",
        aggregator=PooledAggregator,
        options={"pool": MeanMaxPool(), "hidden": 512, "dropout": 0.5},
        epochs=5 if quick else 20,
    )
