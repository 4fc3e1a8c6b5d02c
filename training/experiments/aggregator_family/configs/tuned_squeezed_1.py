"""How good is the poster's smallest network once it is tuned?

The recipe is `recipe.py`. Command: `python -m training aggregators tuned_squeezed_1`;
its search:
`python -m training.experiments.aggregator_family search --network tuned_squeezed_1`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pools.squeezed_pool import SqueezedPool
from training.experiments.aggregator_family.recipe import tuned


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Few epochs.
    """
    return tuned(
        "tuned_squeezed_1", SqueezedPool(score_scale=1 / 16), hidden=256, quick=quick
    )
