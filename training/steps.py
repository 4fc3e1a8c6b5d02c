"""What several commands share: loading what earlier steps wrote."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from training.aggregators.fit import AGGREGATOR
from training.aggregators.loading import load_aggregator
from training.backbone.config import BackboneConfig
from training.backbone.fit import BackboneRun
from training.distribution import Distribution
from training.features.feature_set import FeatureSet
from training.metrics.compare import ComparedModel
from training.metrics.predictor import keras_predictor
from training.photos.attribution import sources_of
from training.photos.catalogue import load_catalogue
from training.photos.pixels import load_pixels
from training.reports.measurement import measuring
from training.simulation.config import get_config
from training.simulation.contributors import contributors
from training.simulation.simulate import simulate
from training.simulation.statistics import statistics
from training.simulation.user_sets import UserSets

MINIMUM_PHOTOS_OF_A_CONTRIBUTOR = 5


def measuring_as_chief(
    distribution: Distribution, name: str, runs: Path
) -> AbstractContextManager[dict[str, Any]]:
    """Measure a stage that several workers share, once: on the chief."""
    if distribution.is_chief:
        return measuring(name, runs / "results")
    return nullcontext({})


def backbone_run(
    config: BackboneConfig,
    runs: Path,
    data: Path,
    distribution: Distribution | None = None,
) -> BackboneRun:
    """Open the fine-tuning run of `config` over the packed photos of `runs`."""
    return BackboneRun(
        config,
        load_pixels(runs / "pixels.npy"),
        pd.read_parquet(runs / "photos.parquet"),
        load_catalogue(runs / "catalogue").index,
        data,
        runs / "backbone",
        distribution,
        photos_file=runs / "photos.parquet",
    )


def make_users(feature_set: FeatureSet) -> UserSets:
    """Simulate users and add the real contributors."""
    simulated = simulate(feature_set, get_config())
    people = contributors(feature_set, MINIMUM_PHOTOS_OF_A_CONTRIBUTOR)
    return UserSets(pd.concat([simulated, people], ignore_index=True))


def user_statistics(sets: UserSets, feature_set: FeatureSet) -> dict[str, Any]:
    """Describe every scenario and split."""
    return {
        scenario: {
            split: statistics(sets.sets(scenario, split), feature_set)
            for split in splits
        }
        for scenario, splits in sets.scenarios.items()
    }


def load_data(features: Path) -> tuple[FeatureSet, UserSets]:
    """Load a feature set and its users."""
    return FeatureSet.load(features), UserSets.load(features / "users.parquet")


def data_files(features: Path) -> dict[str, Path]:
    """List the files that `load_data` reads, by the names that records give them."""
    names = ("about.json", "features.npz", "photos.parquet", "users.parquet")
    return {Path(name).stem: features / name for name in names}


def load_models(directory: Path, names: Sequence[str]) -> dict[str, ComparedModel]:
    """Load trained aggregators; the first is the one to compare with."""
    models = {}
    for name in names:
        aggregator = load_aggregator(directory / name / AGGREGATOR)
        parameters = sum(int(np.prod(w.shape)) for w in aggregator.trainable_weights)
        models[name] = ComparedModel(keras_predictor(aggregator), parameters)
    return models


def provenance(photos: Path) -> dict[str, Any]:
    """Say where features come from, for the feature set's description."""
    return {
        "commands": ["python -m training features", "python -m training users"],
        "sources": sources_of(pd.read_parquet(photos)),
    }
