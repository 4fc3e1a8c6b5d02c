"""Does the largest value of each feature keep what the mean washes out?

Not published; the plainest thing to try before attention. Command: `python -m
training aggregators mean_max`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pools.mean_max_pool import MeanMaxPool
from training.experiments.aggregator_family.recipe import published


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Fewer epochs.
    """
    return published("mean_max", MeanMaxPool(), quick, hidden=512, dropout=0.5)
