"""Does it help that photos look at one another? A small set transformer.

Not published. One induced self-attention block and pooling by one seed (Lee et
al., 2019), without positions. Command: `python -m training aggregators
set_transformer`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pools.set_transformer_pool import SetTransformerPool
from training.experiments.aggregator_family.recipe import published


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Fewer epochs.
    """
    return published("set_transformer", SetTransformerPool(), quick, hidden=256)
