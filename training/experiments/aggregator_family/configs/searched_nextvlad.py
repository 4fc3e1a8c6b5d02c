"""How good is NeXtVLAD, best in the short searches, at the length of the recipe?

With the settings of `docs/results/search.json` that were best on validation users.
Command: `python -m training aggregators searched_nextvlad`.
"""

from training.aggregators.config import SetTrainingConfig
from training.experiments.aggregator_family.searched import searched


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Few epochs.
    """
    return searched("searched_nextvlad", "tuned_nextvlad", quick)
