"""Recipes: the published networks' first one, the tuned one, and that of MIL.

The tuned one has features clipped as photo evidence clips them, noise and dropout on
them, weight decay, a learning rate that falls along a cosine, and other users of the
same population in each epoch.
"""

from collections.abc import Mapping
from typing import Any

from training.aggregators.aggregator import Aggregator
from training.aggregators.config import SetTrainingConfig
from training.aggregators.pooled_aggregator import PooledAggregator
from training.aggregators.pools.pool import Pool
from training.simulation.config import get_config

FEATURE_LIMIT = 1.0
EPOCHS = 36
INSTANCE_EPOCHS = 12
QUICK_EPOCHS = 2


def published(name: str, pool: Pool, quick: bool, **options: Any) -> SetTrainingConfig:
    """Make the run of a published network with the defaults of its trainer.

    Args:
        name: Names the run.
        pool: How photos are mixed.
        quick: For a short test: fewer epochs.
        options: Further arguments of `PooledAggregator`.
    """
    return SetTrainingConfig(
        name=name,
        aggregator=PooledAggregator,
        options={"pool": pool, **options},
        epochs=5 if quick else 20,
    )


def tuned(
    name: str,
    pool: Pool,
    gated: bool = False,
    hidden: int | None = 2048,
    quick: bool = False,
) -> SetTrainingConfig:
    """Make the run of a published network under the tuned recipe.

    Args:
        name: Names the run.
        pool: How photos are mixed.
        gated: Whether context gating follows.
        hidden: Units of the hidden layer; None for none.
        quick: For a short test: few epochs.
    """
    simulation = get_config()
    epochs = QUICK_EPOCHS if quick else EPOCHS
    return SetTrainingConfig(
        name=name,
        aggregator=PooledAggregator,
        options={
            "pool": pool,
            "hidden": hidden,
            "dropout": 0.5 if hidden else 0.0,
            "gated": gated,
            "feature_limit": FEATURE_LIMIT,
        },
        epochs=epochs,
        patience=epochs,
        learning_rate=1e-3,
        cosine_decay=True,
        weight_decay=0.1,
        input_dropout=0.4,
        input_noise=0.3,
        training_users=simulation.users["train"],
        redrawn_users=simulation,
    )


def instance_recipe(
    name: str, aggregator: type[Aggregator], options: Mapping[str, Any], quick: bool
) -> SetTrainingConfig:
    """Make the run of a model that learns multiple instances from set labels alone.

    Args:
        name: Names the run.
        aggregator: The class.
        options: Its arguments beside the limit of the features.
        quick: For a short test: few epochs.
    """
    simulation = get_config()
    epochs = QUICK_EPOCHS if quick else INSTANCE_EPOCHS
    return SetTrainingConfig(
        name=name,
        aggregator=aggregator,
        options={**options, "feature_limit": FEATURE_LIMIT},
        epochs=epochs,
        patience=epochs,
        learning_rate=2e-3,
        cosine_decay=True,
        weight_decay=0.1,
        training_users=simulation.users["train"],
        redrawn_users=simulation,
    )
