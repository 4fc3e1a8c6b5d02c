"""Do residuals to learned clusters carry more than a mean? A small NeXtVLAD.

Not published; the best single network of the second YouTube-8M challenge (Lin et
al., 2018), in a size for a phone. Command: `python -m training aggregators
nextvlad`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pools.nextvlad_pool import NeXtVLADPool
from training.experiments.aggregator_family.recipe import published


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Fewer epochs.
    """
    return published("nextvlad", NeXtVLADPool(), quick, hidden=512, dropout=0.5)
