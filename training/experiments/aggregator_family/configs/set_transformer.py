"""Does it help that photos look at one another? A small set transformer.

Not published. One induced self-attention block and pooling by one seed (Lee et
al., 2019), without positions. Command: `python -m training aggregators
set_transformer`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pooled_aggregator import PooledAggregator
from training.aggregators.pools.set_transformer_pool import SetTransformerPool


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Fewer epochs.
    """
    return SetTrainingConfig(
        name="set_transformer",
        aggregator=PooledAggregator,
        options={"pool": SetTransformerPool(), "hidden": 256},
        epochs=5 if quick else 20,
    )
