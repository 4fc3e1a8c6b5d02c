"""How good is the paper's best network with the settings that its own search found?

Those of `docs/results/search.json`, best on validation users, at the length of the
recipe. Command: `python -m training aggregators searched_attention_2_gating`.
"""

from training.aggregators.config import SetTrainingConfig
from training.experiments.aggregator_family.searched import searched


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Few epochs.
    """
    return searched("searched_attention_2_gating", "tuned_attention_2_gating", quick)
