"""How good is the mean photo with the paper's hidden layer once it is tuned?

The recipe is `recipe.py`. Its search:
`python -m training.experiments.aggregator_family search`, for it alone with
`--network tuned_average_hidden`. Command: `python -m training aggregators
tuned_average_hidden`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pools.mean_pool import MeanPool
from training.experiments.aggregator_family.recipe import tuned


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Few epochs.
    """
    return tuned("tuned_average_hidden", MeanPool(), hidden=2048, quick=quick)
