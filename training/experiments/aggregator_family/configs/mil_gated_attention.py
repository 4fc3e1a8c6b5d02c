"""Does attention as multiple-instance learning knows it do what log-sum-exp does?

Gated attention over photos, then one dense layer (Ilse et al., ICML 2018), from set
labels alone, trained as `set_labels_photo_evidence`. Command: `python -m training
aggregators mil_gated_attention`; all of them:
`python -m training.experiments.aggregator_family tuned`.
"""

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pooled_aggregator import PooledAggregator
from training.experiments.aggregator_family.gated_attention_pool import (
    GatedAttentionPool,
)
from training.experiments.aggregator_family.recipe import instance_recipe


def get_config(quick: bool = False) -> SetTrainingConfig:
    """Gives the run.

    Args:
        quick: Few epochs.
    """
    options = {"pool": GatedAttentionPool()}
    return instance_recipe("mil_gated_attention", PooledAggregator, options, quick)
