"""How good is one attention block with the settings that its own search found?

Those of `docs/results/search.json`, best on validation users, at the length of the
recipe. Command: `python -m training aggregators searched_attention_1`.
"""

from training.aggregators.config import SetTrainingConfig
from training.experiments.aggregator_family.searched import searched


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Few epochs.
    """
    return searched("searched_attention_1", "tuned_attention_1", quick)
