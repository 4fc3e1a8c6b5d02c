"""Does averaging gain as much from the recipe as attention does?

The recipe is `recipe.py`. In an independent implementation it reached .849 of MAP on
the same users.
Command: `python -m training aggregators tuned_average`;
all of them: `python -m training.experiments.aggregator_family tuned`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pools.mean_pool import MeanPool
from training.experiments.aggregator_family.recipe import tuned


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Few epochs.
    """
    return tuned("tuned_average", MeanPool(), hidden=None, quick=quick)
