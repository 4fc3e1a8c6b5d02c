"""Training of aggregators: learns, chooses, refuses stale results, survives a kill."""

import dataclasses
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import keras
import numpy as np
import pytest
from synthetic import small_users, synthetic_feature_set

from training.aggregators.config import (
    AggregatorConfig,
    PhotoEvidenceConfig,
    SetTrainingConfig,
)
from training.aggregators.fit import AGGREGATOR, fit
from training.aggregators.photo_evidence import PhotoEvidence
from training.aggregators.pooled_aggregator import PooledAggregator
from training.aggregators.pools.mean_pool import MeanPool
from training.configs import config_named, names
from training.features.feature_set import FeatureSet
from training.metrics.interest_metrics import average_precision
from training.metrics.predictor import keras_predictor, predict_sets
from training.runs import Record
from training.simulation import scenario_names
from training.simulation.user_sets import UserSets, labels

pytestmark = pytest.mark.filterwarnings(
    "ignore:__array__ implementation doesn't accept a copy:DeprecationWarning"
)
AVERAGE = SetTrainingConfig(
    "average",
    PooledAggregator,
    {"pool": MeanPool()},
    epochs=5,
    learning_rate=0.05,
    batch_users=32,
)
EVIDENCE = PhotoEvidenceConfig(
    "evidence",
    (0.005, 0.05),
    folds=3,
    iterations=30,
    scenarios=((scenario_names.USERS, 1.0),),
    held_out_sources=("set",),
)


@pytest.fixture(scope="module")
def user_sets(feature_set: FeatureSet) -> UserSets:
    return small_users(feature_set)


def test_map(
    aggregator: keras.layers.Layer, feature_set: FeatureSet, user_sets: UserSets
) -> float:
    sets = user_sets.sets(scenario_names.USERS, "test")
    truth = labels(sets, feature_set).astype(bool)
    predicted = predict_sets(keras_predictor(aggregator), sets, feature_set)
    return float(np.nanmean(average_precision(truth, predicted)))


test_map.__test__ = False  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("config", "least"), [(AVERAGE, 0.75), (EVIDENCE, 0.97)], ids=lambda v: str(v)[:8]
)
def test_learns_and_is_found_again(
    config: AggregatorConfig,
    least: float,
    feature_set: FeatureSet,
    user_sets: UserSets,
    tmp_path: Path,
) -> None:
    aggregator = fit(config, feature_set, user_sets, tmp_path)
    assert test_map(aggregator, feature_set, user_sets) > least
    path = tmp_path / config.name / AGGREGATOR
    written = path.stat().st_mtime_ns
    again = fit(config, feature_set, user_sets, tmp_path)
    assert path.stat().st_mtime_ns == written
    for one, other in zip(aggregator.weights, again.weights, strict=True):
        np.testing.assert_array_equal(one.numpy(), other.numpy())


def test_photo_evidence_chooses_on_validation_photos(
    feature_set: FeatureSet, user_sets: UserSets, tmp_path: Path
) -> None:
    aggregator = fit(EVIDENCE, feature_set, user_sets, tmp_path)
    assert isinstance(aggregator, PhotoEvidence)
    result = Record.load(tmp_path / EVIDENCE.name).values
    scores = result["log_likelihood"]
    assert result["regularisation"] == float(max(scores, key=scores.get))
    for name, value in result["scalars"].items():
        assert float(getattr(aggregator, name).numpy()) == pytest.approx(
            value, rel=1e-5
        )


def test_test_photos_are_never_looked_at(
    feature_set: FeatureSet, user_sets: UserSets, tmp_path: Path
) -> None:
    spoilt = feature_set.features.copy()
    spoilt[feature_set.rows("test")] = 255
    other = dataclasses.replace(feature_set, features=spoilt)
    for config in (AVERAGE, EVIDENCE):
        quick = dataclasses.replace(
            config, **{"epochs": 1} if config is AVERAGE else {}
        )
        first = fit(quick, feature_set, user_sets, tmp_path / "first")
        second = fit(quick, other, user_sets, tmp_path / "second")
        for one, two in zip(first.weights, second.weights, strict=True):
            np.testing.assert_allclose(one.numpy(), two.numpy(), atol=1e-6)


def test_other_data_or_config_is_another_run_and_both_are_kept(
    feature_set: FeatureSet, user_sets: UserSets, tmp_path: Path
) -> None:
    quick = dataclasses.replace(AVERAGE, epochs=1)
    first = fit(quick, feature_set, user_sets, tmp_path)
    other = synthetic_feature_set(seed=7)
    second = fit(quick, other, user_sets, tmp_path)
    weighted = dataclasses.replace(quick, positive_weight=36.0)
    third = fit(weighted, other, user_sets, tmp_path)
    for one, two in ((first, second), (second, third)):
        one_kernel, two_kernel = (a.trainable_weights[0].numpy() for a in (one, two))
        assert np.abs(one_kernel - two_kernel).max() > 1e-4
    assert len(list(tmp_path.glob(f"{quick.name}-*/{AGGREGATOR}"))) == 3


def test_stops_when_validation_stops_rising(
    feature_set: FeatureSet, user_sets: UserSets, tmp_path: Path
) -> None:
    config = dataclasses.replace(AVERAGE, epochs=40, patience=2, learning_rate=0.2)
    fit(config, feature_set, user_sets, tmp_path)
    result = Record.load(tmp_path / config.name).values
    course, best = result["validation_map"], result["best_epoch"]
    assert course[best] == max(course)
    assert len(course) == best + 1 + 2 < 40


@pytest.mark.slow
def test_a_killed_run_ends_as_an_unbroken_one(
    feature_set: FeatureSet, user_sets: UserSets, tmp_path: Path, project_root: Path
) -> None:
    """Kill -9 in the middle, go on: the same weights as without the kill."""
    config = dataclasses.replace(AVERAGE, epochs=KILLED_EPOCHS, patience=99)
    unbroken = fit(config, feature_set, user_sets, tmp_path / "unbroken")
    killed = tmp_path / "killed"
    process = subprocess.Popen(
        [sys.executable, str(Path(__file__)), str(killed)],
        cwd=project_root,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.DEVNULL,
    )
    waited = time.monotonic() + 120
    while not list(killed.glob("average-*/unfinished/latest/ckpt-[1-9]*.index")):
        assert process.poll() is None and time.monotonic() < waited
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    assert not list(killed.rglob(AGGREGATOR))
    resumed = fit(config, feature_set, user_sets, killed)
    for one, two in zip(unbroken.weights, resumed.weights, strict=True):
        np.testing.assert_allclose(one.numpy(), two.numpy(), atol=1e-5)
    assert not list(killed.rglob("ckpt-*"))


KILLED_EPOCHS = 12


@pytest.mark.parametrize("name", names("aggregator"))
def test_configs_name_their_run_and_their_command(name: str) -> None:
    config, quick = config_named(name), config_named(name, quick=True)
    assert config.name == quick.name == name
    assert type(config) is type(quick) and config != quick
    (docstring,) = (
        module.__doc__
        for path, module in sys.modules.items()
        if path.endswith(f".configs.{name}")
    )
    assert f"python -m training aggregators {name}" in " ".join(docstring.split())


if __name__ == "__main__":
    features = synthetic_feature_set()
    fit(
        dataclasses.replace(AVERAGE, epochs=KILLED_EPOCHS, patience=99),
        features,
        small_users(features),
        Path(sys.argv[1]),
    )
