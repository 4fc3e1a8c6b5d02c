"""Does the mean of what single photos show do what log-sum-exp does?

A baseline of the literature on multiple-instance learning, from set labels alone and
trained as `set_labels_photo_evidence`: its classifier pooled by the mean of the photos'
probabilities.
Command: `python -m training aggregators mil_mean`;
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
    options = {"pooling": "mean"}
    return instance_recipe("mil_mean", InstancePooling, options, quick)
