"""Does noisy-or do what log-sum-exp does?

A baseline of the literature on multiple-instance learning, from set labels alone and
trained as `set_labels_photo_evidence`: its classifier pooled by noisy-or.
Command: `python -m training aggregators mil_noisy_or`;
all of them: `python -m training.experiments.aggregator_family tuned`.
"""

from training.aggregators.config import SetTrainingConfig
from training.experiments.aggregator_family.instance_pooling import InstancePooling
from training.experiments.aggregator_family.recipe import instance_recipe


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Few epochs.
    """
    options = {"pooling": "noisy_or"}
    return instance_recipe("mil_noisy_or", InstancePooling, options, quick)
