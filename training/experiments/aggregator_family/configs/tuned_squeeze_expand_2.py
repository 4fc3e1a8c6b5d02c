"""How good is the poster's squeeze-expand once it is tuned?

The recipe is `recipe.py`. Its search:
`python -m training.experiments.aggregator_family search`, for it alone with
`--network tuned_squeeze_expand_2`. Command: `python -m training aggregators
tuned_squeeze_expand_2`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pools.squeeze_expand_pool import SqueezeExpandPool
from training.experiments.aggregator_family.recipe import tuned


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Few epochs.
    """
    return tuned(
        "tuned_squeeze_expand_2",
        SqueezeExpandPool(score_scale=1 / 32),
        hidden=256,
        quick=quick,
    )
