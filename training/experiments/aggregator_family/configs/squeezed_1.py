"""Is attention over squeezed photos as good, in half the size? The poster's smallest.

Poster (Amazon Fashion, "squeezed", 3 MB): P@5 .88, R@5 .77, P@20 .81, R@20 .95. Scores
are divided by the root of the squeezed dimension: see `attention_2_gating`. Command:
`python -m training aggregators squeezed_1`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pools.squeezed_pool import SqueezedPool
from training.experiments.aggregator_family.recipe import published


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Fewer epochs.
    """
    return published(
        "squeezed_1", SqueezedPool(score_scale=1 / 16), quick, hidden=256, dropout=0.5
    )
