from dataclasses import asdict, replace
from pathlib import Path

import pytest
from synthetic import small_users

from training.experiments.aggregator_family.plan import FINE_TUNED, Trial, weight_trials
from training.experiments.aggregator_family.sweep import Sweep
from training.experiments.aggregator_family.train_one import (
    Limits,
    config_of,
    run_of,
    train_one,
)
from training.experiments.aggregator_family.trained import trained_members
from training.features.feature_set import FeatureSet
from training.simulation import scenario_names
from training.simulation.user_sets import UserSets

LIMITS = Limits(users=100, epochs=1, patience=1, quick=True)


@pytest.fixture(scope="module")
def features(feature_set: FeatureSet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("features") / "set"
    feature_set.save(folder)
    small_users(feature_set).save(folder / "users.parquet")
    return folder


def test_a_trial_is_measured_once(features: Path, tmp_path: Path) -> None:
    trial = Trial("average", weight=10.0, seed=2)
    result = train_one(trial, features, LIMITS, tmp_path)
    assert result["parameters"] == 24 * 17
    assert result["epochs"] == 1
    assert 0 < result["validation_map"] < 1
    assert set(result["test"]) == {scenario_names.USERS, scenario_names.gallery(100)}
    assert 0 < result["test"][scenario_names.USERS]["map"] < 1
    assert len(result["curves"]["thresholded_f1"]) == 20
    assert {0 < value <= 1 for value in result["later"].values()} == {True}
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")}
    assert train_one(trial, features, LIMITS, tmp_path) == result
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.*")} == before


def test_other_features_users_or_limits_are_another_run(
    features: Path, feature_set: FeatureSet, tmp_path: Path
) -> None:
    """A result is reused only where all that it came from is the same."""
    trial = Trial("average")
    found = {run_of(trial, features, LIMITS, tmp_path).directory}
    found.add(run_of(trial, features, Limits(100, 2, 1, True), tmp_path).directory)
    other = replace(feature_set, features=feature_set.features // 2)
    for users in (0, 5):
        folder = tmp_path / f"other {users}"
        other.save(folder)
        sets = small_users(other)
        UserSets(sets.table.iloc[users:].reset_index(drop=True)).save(
            folder / "users.parquet"
        )
        found.add(run_of(trial, folder, LIMITS, tmp_path).directory)
    assert len(found) == 4


def test_first_trainings_are_found_at_their_best_weight(
    features: Path, tmp_path: Path
) -> None:
    best, worse, second = (
        Trial("average", weight, seed)
        for weight, seed in ((10.0, 1), (1.0, 1), (10.0, 2))
    )
    train_one(best, features, LIMITS, tmp_path)
    rows = [
        {**asdict(run), "validation_map": value}
        for run, value in ((best, 0.6), (worse, 0.5), (second, 0.7))
    ]
    assert trained_members(tmp_path, rows)["average"].parameters == 24 * 17
    with pytest.raises(ValueError, match="received 1 other runs"):
        trained_members(tmp_path, rows[2:])


def test_limits_and_weight_reach_the_training() -> None:
    config = config_of(Trial("attention_1", weight=36.0, seed=3), LIMITS)
    assert (config.positive_weight, config.seed) == (36.0, 3)
    assert (config.training_users, config.epochs, config.patience) == (100, 1, 1)
    assert config_of(Trial("photo_evidence"), LIMITS).folds == 1


def test_finished_trials_are_listed_and_others_not_started(
    features: Path, tmp_path: Path
) -> None:
    finished = weight_trials()[0]
    train_one(finished, features, LIMITS, tmp_path)
    sweep = Sweep(tmp_path, {FINE_TUNED: features}, LIMITS, 1, only=["photo_evidence"])
    assert [row["member"] for row in sweep.run(seeds=1)] == [finished.member]
