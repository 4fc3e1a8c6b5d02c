"""How good is the small NeXtVLAD once it is tuned?

The recipe is `recipe.py`. Its search:
`python -m training.experiments.aggregator_family search`, for it alone with
`--network tuned_nextvlad`. Command: `python -m training aggregators
tuned_nextvlad`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pools.nextvlad_pool import NeXtVLADPool
from training.experiments.aggregator_family.recipe import tuned


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Few epochs.
    """
    return tuned("tuned_nextvlad", NeXtVLADPool(), hidden=512, quick=quick)
