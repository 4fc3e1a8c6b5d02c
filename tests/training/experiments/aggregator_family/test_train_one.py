import json
from dataclasses import asdict
from pathlib import Path

import pytest
from synthetic import small_users

from training.experiments.aggregator_family.plan import Run, weight_runs
from training.experiments.aggregator_family.sweep import Sweep
from training.experiments.aggregator_family.train_one import (
    Limits,
    config_of,
    train_one,
)
from training.experiments.aggregator_family.trained import trained_members
from training.features.feature_set import FeatureSet
from training.simulation import scenario_names

LIMITS = Limits(users=100, epochs=1, patience=1, quick=True)


@pytest.fixture(scope="module")
def features(feature_set: FeatureSet, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("features") / "set"
    feature_set.save(folder)
    small_users(feature_set).save(folder / "users.parquet")
    return folder


def test_a_run_is_measured_and_not_made_twice(features: Path, tmp_path: Path) -> None:
    run = Run("average", weight=10.0, seed=2)
    path = train_one(run, features, LIMITS, tmp_path)
    result = json.loads(path.read_text())
    assert result["parameters"] == 24 * 17
    assert result["epochs"] == 1
    assert 0 < result["validation_map"] < 1
    assert set(result["test"]) == {scenario_names.USERS, scenario_names.gallery(100)}
    assert 0 < result["test"][scenario_names.USERS]["map"] < 1
    assert len(result["curves"]["thresholded_f1"]) == 20
    assert {0 < value <= 1 for value in result["later"].values()} == {True}
    path.write_text("{}")
    assert train_one(run, features, LIMITS, tmp_path).read_text() == "{}"


def test_first_trainings_are_found_at_their_best_weight(
    features: Path, tmp_path: Path
) -> None:
    best, worse, second = (
        Run("average", weight, seed)
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
    config = config_of(Run("attention_1", weight=36.0, seed=3), LIMITS)
    assert (config.positive_weight, config.seed) == (36.0, 3)
    assert (config.training_users, config.epochs, config.patience) == (100, 1, 1)
    assert config_of(Run("photo_evidence"), LIMITS).folds == 1


def test_runs_of_other_limits_are_not_mixed(tmp_path: Path) -> None:
    Sweep(tmp_path, {}, LIMITS, processes=1)
    with pytest.raises(ValueError, match="another folder"):
        Sweep(tmp_path, {}, Limits(200, 1, 1, True), processes=1)


def test_runs_of_others_are_kept_but_not_started(tmp_path: Path) -> None:
    kept = weight_runs()[0]
    (tmp_path / f"{kept.key}.json").write_text("{}")
    sweep = Sweep(tmp_path, {}, LIMITS, processes=1, only=["squeezed_1"])
    assert [row["member"] for row in sweep.run(seeds=1)] == [kept.member]
