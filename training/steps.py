"""What several commands load: feature sets with their users, trained aggregators."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from training.aggregators.fit import AGGREGATOR
from training.aggregators.loading import load_aggregator
from training.features.feature_set import FeatureSet
from training.metrics.compare import ComparedModel
from training.metrics.predictor import keras_predictor
from training.simulation.user_sets import UserSets
from training.workspace import USERS, existing, users_file

MINIMUM_PHOTOS_OF_A_CONTRIBUTOR = 5


def load_data(features: Path) -> tuple[FeatureSet, UserSets]:
    """Load a feature set and its users."""
    feature_set = FeatureSet.load(features)
    users = existing(
        users_file(features), f"python -m training users --features {features}"
    )
    return feature_set, UserSets.load(users)


def data_files(features: Path) -> dict[str, Path]:
    """List the files that `load_data` reads, by the names that records give them."""
    names = ("about.json", "features.npz", "photos.parquet")
    files = {Path(name).stem: features / name for name in names}
    return {**files, USERS: users_file(features)}


def load_models(directory: Path, names: Sequence[str]) -> dict[str, ComparedModel]:
    """Load trained aggregators; the first is the one to compare with.

    Args:
        directory: Folder of all aggregators.
        names: Names of their configs.
    """
    models = {}
    for name in names:
        file = existing(
            directory / name / AGGREGATOR, f"python -m training aggregators {name}"
        )
        aggregator = load_aggregator(file)
        parameters = sum(int(np.prod(w.shape)) for w in aggregator.trainable_weights)
        models[name] = ComparedModel(keras_predictor(aggregator), parameters)
    return models
