"""How good is the small set transformer once it is tuned?

The recipe is `recipe.py`. Its search:
`python -m training.experiments.aggregator_family search`, for it alone with
`--network tuned_set_transformer`. Command: `python -m training aggregators
tuned_set_transformer`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pools.set_transformer_pool import SetTransformerPool
from training.experiments.aggregator_family.recipe import tuned


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Few epochs.
    """
    return tuned("tuned_set_transformer", SetTransformerPool(), hidden=256, quick=quick)
