from dataclasses import replace
from pathlib import Path

import pytest
from synthetic import small_users

from training.configs import config_named
from training.experiments.aggregator_family.tuned_comparison import (
    SUPERVISION,
    compare_tuned,
    train_in_processes,
)
from training.features.feature_set import FeatureSet
from training.steps import data_files


@pytest.mark.slow
def test_gains_are_of_the_claimed_networks_in_the_order_of_the_paper(
    feature_set: FeatureSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = "training.experiments.aggregator_family.tuned_comparison.config_named"

    def small(name: str, kind: str, **options: object) -> object:
        config = config_named(name, kind, **options)
        return replace(config, redrawn_users=None, training_users=64, epochs=1)

    monkeypatch.setattr(module, small)
    names = ["mil_mean", "average", "tuned_average"]
    users = small_users(feature_set)
    found = compare_tuned(names, feature_set, users, tmp_path, quick=True)
    (pair,) = found["gains"]
    assert pair == "tuned_average over average"
    one, two = (
        found["aggregators"][name]["scenarios"]["users"]["metrics"]["f1@15"]["value"]
        for name in names[1:]
    )
    gain = found["gains"][pair]["f1@15"]
    assert gain["value"] == pytest.approx(two / one - 1, abs=1e-4)
    assert gain["low"] <= gain["value"] <= gain["high"]


@pytest.mark.slow
def test_trainings_at_the_same_time_are_there_for_the_comparison(
    feature_set: FeatureSet, tmp_path: Path
) -> None:
    folder = tmp_path / "set"
    feature_set.save(folder)
    users = small_users(feature_set)
    users.save(folder / "users.parquet")
    names = ["average", "mil_mean"]
    train_in_processes(names, folder, tmp_path / "runs", processes=2, quick=True)
    files = [tmp_path / "runs" / name / "aggregator.keras" for name in names]
    before = [file.stat().st_mtime_ns for file in files]
    found = compare_tuned(
        names, feature_set, users, tmp_path / "runs", data_files(folder), quick=True
    )
    assert [file.stat().st_mtime_ns for file in files] == before
    assert set(found["aggregators"]) == set(found["training"]) == set(names)
    assert found["training"]["average"]["seconds"] > 0


def test_every_network_has_the_same_recipe() -> None:
    tuned = [n for n in SUPERVISION if n.startswith("tuned_")]
    configs = [config_named(name, "aggregator") for name in tuned]
    recipes = {
        (c.epochs, c.learning_rate, c.weight_decay, c.input_dropout, c.input_noise)
        for c in configs
    }
    assert len(recipes) == 1
    assert {c.options["feature_limit"] for c in configs} == {1.0}
    assert [c.name for c in configs] == tuned


def test_unknown_models_are_refused(feature_set: FeatureSet, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"received \['nextvlad'\]"):
        compare_tuned(["nextvlad"], feature_set, small_users(feature_set), tmp_path)
