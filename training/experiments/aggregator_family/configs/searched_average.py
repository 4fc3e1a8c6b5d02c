"""How good is averaging with the settings that its own search found?

Those of `docs/results/search.json`, best on validation users, at the length of the
recipe. Command:
`python -m training aggregators searched_average`, or with several seeds
`python -m training.experiments.aggregator_family tuned-seeds --model searched_average`.
"""

from training.aggregators.config import SetTrainingConfig
from training.experiments.aggregator_family.searched import searched


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Few epochs.
    """
    return searched("searched_average", "tuned_average", quick)
