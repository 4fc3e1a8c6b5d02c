"""Is one pooled vector too few? Eight learned queries (PMA), a vector each.

Not published. In our first measurements on frozen features it was the best of the
networks that mix photos before they classify: MAP .891 against .862 for the mean.
Command: `python -m training aggregators learned_queries`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pools.learned_queries_pool import LearnedQueriesPool
from training.experiments.aggregator_family.recipe import published


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Fewer epochs.
    """
    return published(
        "learned_queries",
        LearnedQueriesPool(queries=8, score_scale=1 / 32),
        quick,
        hidden=512,
        dropout=0.5,
    )
