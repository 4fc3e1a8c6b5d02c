"""How good are mean and maximum of each feature once they are tuned?

The recipe is `recipe.py`. Its search:
`python -m training.experiments.aggregator_family search`, for it alone with
`--network tuned_mean_max`. Command: `python -m training aggregators
tuned_mean_max`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pools.mean_max_pool import MeanMaxPool
from training.experiments.aggregator_family.recipe import tuned


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Few epochs.
    """
    return tuned("tuned_mean_max", MeanMaxPool(), hidden=512, quick=quick)
