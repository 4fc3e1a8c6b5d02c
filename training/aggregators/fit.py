"""Trains any aggregator from its config: computed, resumed after a kill, or reused."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import keras

from training.aggregators.aggregator import Aggregator
from training.aggregators.config import AggregatorConfig, SetTrainingConfig
from training.aggregators.fit_on_sets import fit_on_sets
from training.aggregators.fit_photo_evidence import fit_photo_evidence
from training.distribution import Distribution, Strategy
from training.features.feature_set import FeatureSet
from training.runs import Input, Run, writing
from training.simulation.user_sets import UserSets

AGGREGATOR = "aggregator.keras"


def fit(
    config: AggregatorConfig,
    feature_set: FeatureSet,
    user_sets: UserSets,
    root: Path,
    *,
    inputs: Mapping[str, Input] | None = None,
    distribution: Distribution | None = None,
    force: bool = False,
) -> Aggregator:
    """Trains an aggregator, or resumes the training, or loads what it gave.

    Args:
        config: What to train.
        feature_set: The photos' features and labels.
        user_sets: Users, as sets of these photos.
        root: Folder of all aggregators. `root / config.name` links to the run, which
            has `aggregator.keras`, its record (`run.json`, with the choices made and
            the validation scores by epoch) and `board/` for TensorBoard. Several
            workers must all see it.
        inputs: Files that the data was loaded from, as the record names them; None
            where it was not loaded from files.
        distribution: Where training runs; on one device if None.
        force: Whether a finished run is computed again.

    Returns:
        The trained aggregator.

    Raises:
        ValueError: Photo evidence is to be distributed: its fit takes minutes and has
            no steps over batches.
    """
    distribution = distribution or Distribution(Strategy.ONE)
    if not (distribution.is_local or isinstance(config, SetTrainingConfig)):
        raise ValueError(
            f"{config.name}: expected strategy one, since only aggregators that learn "
            "from users' sets are trained by several devices; received another"
        )
    found = _inputs(feature_set, user_sets) if inputs is None else inputs
    run = _run(
        config,
        root,
        found,
        force=force,
        writes=distribution.is_chief,
        barrier=distribution.barrier,
    )

    def train(values: dict[str, Any]) -> None:
        if isinstance(config, SetTrainingConfig):
            aggregator, result = fit_on_sets(
                config, feature_set, user_sets, run.directory, run.scratch, distribution
            )
        else:
            aggregator, result = fit_photo_evidence(config, feature_set, user_sets)
        if distribution.is_chief:
            values |= result
            with writing(run.directory / AGGREGATOR) as path:
                keras.saving.save_model(aggregator, path)

    run.ensure(train)
    return keras.saving.load_model(run.directory / AGGREGATOR)


def is_fitted(
    config: AggregatorConfig, root: Path, inputs: Mapping[str, Input]
) -> bool:
    """Whether `fit` would load what an earlier one trained to the end.

    Args:
        config: See `fit`.
        root: See `fit`.
        inputs: See `fit`.
    """
    return _run(config, root, inputs).finished


def _run(
    config: AggregatorConfig, root: Path, inputs: Mapping[str, Input], **options: Any
) -> Run:
    return Run(
        root,
        config.name,
        kind="aggregator",
        config=config,
        inputs=inputs,
        output=AGGREGATOR,
        **options,
    )


def _inputs(feature_set: FeatureSet, user_sets: UserSets) -> dict[str, Input]:
    """Everything that training reads, to be hashed."""
    meaning = repr((feature_set.scale, feature_set.categories))
    return {
        "features": feature_set.sha256,
        "feature_meaning": meaning.encode(),
        "photos": feature_set.photos,
        "users": user_sets.table,
    }
