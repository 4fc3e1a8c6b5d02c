import json
from pathlib import Path

import pytest
from synthetic import small_users

from training.features.feature_set import FeatureSet
from training.sweep.plan import Run
from training.sweep.sweep import Sweep
from training.sweep.train_one import Limits, config_of, train_one
from training.users import worlds

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
    assert set(result["test"]) == {worlds.USERS, worlds.gallery(100)}
    assert 0 < result["test"][worlds.USERS]["map"] < 1
    assert len(result["curves"]["thresholded_f1"]) == 20
    assert {0 < value <= 1 for value in result["later"].values()} == {True}
    path.write_text("{}")
    assert train_one(run, features, LIMITS, tmp_path).read_text() == "{}"


def test_limits_and_weight_reach_the_training() -> None:
    config = config_of(Run("attention_1", weight=36.0, seed=3), LIMITS)
    assert (config.positive_weight, config.seed) == (36.0, 3)
    assert (config.training_users, config.epochs, config.patience) == (100, 1, 1)
    assert config_of(Run("photo_evidence"), LIMITS).folds == 1


def test_runs_of_other_limits_are_not_mixed(tmp_path: Path) -> None:
    Sweep(tmp_path, {}, LIMITS, processes=1)
    with pytest.raises(ValueError, match="another folder"):
        Sweep(tmp_path, {}, Limits(200, 1, 1, True), processes=1)
