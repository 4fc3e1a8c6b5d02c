"""Later interests predicted from earlier photos (next-interest evaluation)."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from training.experiments.temporal.interest_split import split_by_time
from training.experiments.temporal.next_interest_models import (
    KINDS,
    Settings,
    best_setting,
    next_interest_models,
)
from training.experiments.temporal.temporal_split import TemporalSplit
from training.features.feature_set import FeatureSet
from training.features.photo_columns import SPLITS
from training.metrics.bootstrap import Bootstrap
from training.metrics.predictor import Predictor, predict_sets
from training.simulation.scenario_names import USERS
from training.simulation.user_sets import UserSet, UserSets, labels

logger = logging.getLogger(__name__)


def split_users(
    predictors: Mapping[str, Predictor], sets: UserSets, feature_set: FeatureSet
) -> dict[str, TemporalSplit]:
    """Split the users' histories and let aggregators predict from the earlier parts."""
    cuts = {}
    for split in SPLITS:
        cuts[split] = split_sets(predictors, sets.sets(USERS, split), feature_set)
        logger.info("%s: %d histories split", split, len(cuts[split].later))
    return cuts


def split_sets(
    predictors: Mapping[str, Predictor],
    users: Sequence[UserSet],
    feature_set: FeatureSet,
) -> TemporalSplit:
    """Split some users' histories; aggregators predict from the earlier parts."""
    parts = split_by_time(users)
    return TemporalSplit(
        labels(parts.earlier, feature_set).astype(bool),
        labels(parts.later, feature_set).astype(bool),
        {
            name: predict_sets(predictor, parts.earlier, feature_set)
            for name, predictor in predictors.items()
        },
        parts.excluded,
    )


def measure_next_interests(
    cuts: Mapping[str, TemporalSplit], tastes: np.ndarray | None = None, seed: int = 0
) -> dict[str, Any]:
    """Measure every model of later interests on test users.

    Settings are chosen on validation users by what is measured, for `all` and `new`
    each. The evidence of the first aggregator is what the co-occurrence model reads.

    Args:
        cuts: From `split_users`.
        tastes: The simulator's own groups, for the bound; None for real users.
        seed: Of the bootstrap and of the first groups.

    Returns:
        Ready for JSON: `users`, `excluded`, `with_new`, and `models`: name -> `all`
        and `new` -> MAP with interval, its difference to ridge over the same evidence
        with interval, and the setting chosen.
    """
    evidence = next(iter(cuts["test"].answers))
    models = next_interest_models(cuts, evidence, tastes, seed)
    return measure_models(cuts, models, f"{evidence} -> ridge", seed)


def measure_models(
    cuts: Mapping[str, TemporalSplit],
    models: Mapping[str, Settings],
    reference: str,
    seed: int = 0,
) -> dict[str, Any]:
    """Choose each model's setting on validation users and measure it on test users.

    Args:
        cuts: By split.
        models: By name, all settings.
        reference: The model that the others are compared with.
        seed: Of the bootstrap.

    Returns:
        See `measure_next_interests`, with `above_popularity` beside `above_ridge`.
    """
    test = cuts["test"]
    bootstrap = Bootstrap(len(test.later), seed)
    measured: dict[str, Any] = {}
    chosen: dict[str, dict[str, np.ndarray]] = {}
    for name, settings in models.items():
        measured[name], chosen[name] = {}, {}
        for kind in KINDS:
            best = best_setting(cuts["validation"], settings, kind)
            precision = test.precision(settings[best][1])[kind]
            chosen[name][kind] = precision
            measured[name][kind] = {
                "map": asdict(bootstrap.mean(precision)),
                "setting": best,
            }
    for name, kinds in measured.items():
        for kind, one in kinds.items():
            for key, other in (
                ("above_ridge", reference),
                ("above_popularity", "popularity"),
            ):
                one[key] = asdict(
                    bootstrap.difference(chosen[name][kind], chosen[other][kind])
                )
    return {
        "users": len(test.later),
        "excluded": test.excluded,
        "with_new": int(test.new.any(axis=1).sum()),
        "models": measured,
    }
