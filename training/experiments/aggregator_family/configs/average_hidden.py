"""Does the mean photo want a hidden layer? The paper's tail on its baseline.

Paper (Home & Kitchen, "Average"): P@5 .750, R@5 .705, P@20 .553, R@20 .820; F1@15 .66.
With this tail, attention is compared like with like. Command: `python -m training
aggregators average_hidden`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pools.mean_pool import MeanPool
from training.experiments.aggregator_family.recipe import published


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Fewer epochs.
    """
    return published("average_hidden", MeanPool(), quick, hidden=2048, dropout=0.5)
