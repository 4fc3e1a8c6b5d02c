"""Is one pooled vector too few? Eight learned queries (PMA), a vector each.

Not published. In our first measurements on frozen features it was the best of the
networks that mix photos before they classify: MAP .891 against .862 for the mean.
Command: `python -m training aggregators learned_queries`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pooled_aggregator import PooledAggregator
from training.aggregators.pools.learned_queries_pool import LearnedQueriesPool


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Fewer epochs.
    """
    return SetTrainingConfig(
        name="learned_queries",
        aggregator=PooledAggregator,
        options={
            "pool": LearnedQueriesPool(queries=8, score_scale=1 / 32),
            "hidden": 512,
            "dropout": 0.5,
        },
        epochs=5 if quick else 20,
    )
