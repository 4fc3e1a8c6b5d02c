"""Trains any aggregator from its config, so that a killed run can go on."""

import hashlib
import json
import logging
import shutil
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pandas as pd

from photo_interests.files import write_atomically
from training.aggregators.aggregator import Aggregator
from training.aggregators.config import AggregatorConfig, SetTrainingConfig
from training.aggregators.fit_on_sets import fit_on_sets
from training.aggregators.fit_photo_evidence import fit_photo_evidence
from training.distribution import Distribution, Strategy
from training.features.feature_set import FeatureSet
from training.simulation.user_sets import UserSets

logger = logging.getLogger(__name__)
AGGREGATOR = "aggregator.keras"
RUN = "run.json"
RESULT = "result.json"
CHECKPOINTS = "checkpoints"


def fit(
    config: AggregatorConfig,
    feature_set: FeatureSet,
    user_sets: UserSets,
    run_directory: Path,
    distribution: Distribution | None = None,
) -> Aggregator:
    """Trains an aggregator, or goes on with the training, or loads what it gave.

    Args:
        config: What to train.
        feature_set: The photos.
        user_sets: Whose photos they are.
        run_directory: This run's own. It gets `aggregator.keras`, `result.json`
            (what was chosen, and the course of training) and `board/` for
            TensorBoard. Results of another config or of other data in it are
            replaced. Several workers must all see it.
        distribution: Where training runs; here, if None.

    Returns:
        The trained aggregator.

    Raises:
        ValueError: Photo evidence is to be distributed: its fit is a matter of minutes
            and has no steps over batches.
    """
    distribution = distribution or Distribution(Strategy.ONE)
    if not (distribution.is_one or isinstance(config, SetTrainingConfig)):
        raise ValueError(
            f"{config.name}: expected strategy one, since only aggregators that learn "
            "from users' sets are trained by several devices; received another"
        )
    run = {"config": as_json(config), "data": _fingerprint(feature_set, user_sets)}
    if distribution.is_chief:
        _start(run_directory, run)
    distribution.wait_for_all()
    finished = run_directory / AGGREGATOR
    if not finished.exists():
        if isinstance(config, SetTrainingConfig):
            aggregator, result = fit_on_sets(
                config, feature_set, user_sets, run_directory, distribution
            )
        else:
            aggregator, result = fit_photo_evidence(config, feature_set, user_sets)
        if distribution.is_chief:
            text = json.dumps(result, indent=1) + "\n"
            write_atomically(run_directory / RESULT, text)
            _save(aggregator, finished)
    distribution.wait_for_all()
    if distribution.is_chief:
        shutil.rmtree(run_directory / CHECKPOINTS, ignore_errors=True)
    return keras.saving.load_model(finished)


def as_json(config: AggregatorConfig) -> dict[str, Any]:
    """Returns a config as JSON values; a class becomes its name, a layer its config."""
    values = {field.name: getattr(config, field.name) for field in fields(config)}
    return json.loads(json.dumps(values, default=_as_json))


def _as_json(value: Any) -> Any:
    if isinstance(value, keras.layers.Layer):
        return keras.saving.serialize_keras_object(value)
    return dict(value) if isinstance(value, Mapping) else value.__name__


def _start(directory: Path, run: dict[str, Any]) -> None:
    """Makes the directory this run's, and keeps what is already done of it."""
    directory.mkdir(parents=True, exist_ok=True)
    file = directory / RUN
    if file.exists() and json.loads(file.read_text(encoding="utf-8")) == run:
        logger.info("%s: going on with the run found there", directory)
        return
    for old in (file, directory / AGGREGATOR, directory / RESULT):
        old.unlink(missing_ok=True)
    for folder in (CHECKPOINTS, "board"):
        shutil.rmtree(directory / folder, ignore_errors=True)
    write_atomically(file, json.dumps(run, indent=1) + "\n")


def _fingerprint(feature_set: FeatureSet, user_sets: UserSets) -> str:
    """Returns a sha256 of everything that training reads."""
    digest = hashlib.sha256(np.ascontiguousarray(feature_set.features).tobytes())
    digest.update(repr((feature_set.scale, feature_set.categories)).encode())
    for table in (feature_set.photos, user_sets.table):
        hashes = pd.util.hash_pandas_object(table, index=False)
        digest.update(hashes.to_numpy().tobytes())
    return digest.hexdigest()


def _save(aggregator: Aggregator, path: Path) -> None:
    temporary = path.with_name(f"unfinished.{path.name}")
    keras.saving.save_model(aggregator, temporary)
    temporary.replace(path)
