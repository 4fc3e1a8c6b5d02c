"""How good are eight learned queries once they are tuned?

The recipe is `recipe.py`. Its search:
`python -m training.experiments.aggregator_family search`, for it alone with
`--network tuned_learned_queries`. Command: `python -m training aggregators
tuned_learned_queries`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pools.learned_queries_pool import LearnedQueriesPool
from training.experiments.aggregator_family.recipe import tuned


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Few epochs.
    """
    return tuned(
        "tuned_learned_queries",
        LearnedQueriesPool(queries=8, score_scale=1 / 32),
        hidden=512,
        quick=quick,
    )
