"""The settings that the search of a network chooses from."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pooled_aggregator import PooledAggregator
from training.experiments.aggregator_family.plan import WEIGHTS
from training.simulation.config import get_config

if TYPE_CHECKING:
    from optuna.trial import BaseTrial

LIMITS = ("none", "1", "2", "4")
"""Sizes that features are clipped to."""


def suggest(trial: "BaseTrial", config: SetTrainingConfig) -> dict[str, Any]:
    """Draw the settings of a trial.

    Args:
        trial: Of Optuna.
        config: The network: only what it has is drawn. A model that classifies single
            photos has no hidden layer, and its inputs are not altered.
    """
    settings: dict[str, Any] = {
        "learning_rate": trial.suggest_float("learning_rate", 3e-4, 1e-2, log=True),
        "weight_decay": trial.suggest_float("weight_decay", 1e-3, 1.0, log=True),
        "positive_weight": trial.suggest_categorical("positive_weight", WEIGHTS),
        "cosine_decay": trial.suggest_categorical("cosine_decay", (True, False)),
        "redrawn": trial.suggest_categorical("redrawn", (True, False)),
        "raw_features": trial.suggest_categorical("raw_features", (False, True)),
    }
    if not _is_pooled(config):
        limit = trial.suggest_categorical("feature_limit", LIMITS[1:])
        return {**settings, "feature_limit": limit}
    settings |= {
        "feature_limit": trial.suggest_categorical("feature_limit", LIMITS),
        "input_dropout": trial.suggest_float("input_dropout", 0.0, 0.6, step=0.1),
        "input_noise": trial.suggest_float("input_noise", 0.0, 0.6, step=0.1),
    }
    if config.options.get("hidden"):
        settings["dropout"] = trial.suggest_float("dropout", 0.0, 0.7, step=0.1)
    return settings


def first_settings(config: SetTrainingConfig) -> dict[str, Any]:
    """Give the settings that a network's config has, which its search begins with.

    Args:
        config: See `suggest`; its settings lie in that space.
    """
    limit = config.options.get("feature_limit")
    settings: dict[str, Any] = {
        "learning_rate": config.learning_rate,
        "weight_decay": config.weight_decay,
        "positive_weight": config.positive_weight,
        "cosine_decay": config.cosine_decay,
        "redrawn": config.redrawn_users is not None,
        "raw_features": bool(config.raw_features),
        "feature_limit": "none" if limit is None else f"{limit:g}",
    }
    if _is_pooled(config):
        settings["input_dropout"] = config.input_dropout
        settings["input_noise"] = config.input_noise
    if config.options.get("hidden"):
        settings["dropout"] = config.options["dropout"]
    return settings


def with_settings(
    config: SetTrainingConfig, settings: Mapping[str, Any], users: int, epochs: int
) -> SetTrainingConfig:
    """Give a network the settings of a trial.

    Args:
        config: The network.
        settings: See `suggest`.
        users: Number of training users of an epoch.
        epochs: Number of epochs, at most.
    """
    simulation = get_config()
    drawn = replace(simulation, users=simulation.users | {"train": users})
    options = {**config.options, "feature_limit": _limit(settings["feature_limit"])}
    if "dropout" in settings:
        options["dropout"] = settings["dropout"]
    names = ("learning_rate", "weight_decay", "positive_weight", "cosine_decay")
    altered = ("input_dropout", "input_noise")
    return replace(
        config,
        options=options,
        epochs=epochs,
        patience=max(2, epochs // 4),
        training_users=users,
        redrawn_users=drawn if settings["redrawn"] else None,
        raw_features=settings["raw_features"] or None,
        **{name: settings[name] for name in names},
        **{name: settings.get(name, 0.0) for name in altered},
    )


def _limit(text: str) -> float | None:
    return None if text == "none" else float(text)


def _is_pooled(config: SetTrainingConfig) -> bool:
    return issubclass(config.aggregator, PooledAggregator)
