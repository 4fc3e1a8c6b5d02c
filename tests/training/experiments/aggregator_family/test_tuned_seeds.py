import json
from dataclasses import replace
from pathlib import Path

import pytest
from synthetic import small_users

from training.configs import config_named
from training.experiments.aggregator_family.searched import searched
from training.experiments.aggregator_family.tuned_seeds import compare_seeds
from training.features.feature_set import FeatureSet
from training.simulation.scenario_names import USERS, gallery

SETTINGS = {
    "learning_rate": 0.004,
    "weight_decay": 0.02,
    "positive_weight": 10.0,
    "cosine_decay": False,
    "redrawn": True,
    "raw_features": False,
    "feature_limit": "2",
    "input_dropout": 0.1,
    "input_noise": 0.0,
}


def test_a_searched_network_has_the_best_settings_and_the_recipes_length(
    tmp_path: Path,
) -> None:
    search = tmp_path / "search.json"
    values = {"networks": {"tuned_average": {"settings": SETTINGS}}}
    record = {"name": "search", "command": "", "seconds": 1, "peak_memory_bytes": 1}
    search.write_text(json.dumps(record | {"cores": 1, "values": values}))
    found = searched("searched_average", "tuned_average", search=search)
    recipe = config_named("tuned_average", "aggregator")
    for name in ("learning_rate", "weight_decay", "positive_weight", "input_dropout"):
        assert getattr(found, name) == SETTINGS[name], name
    assert found.options["feature_limit"] == 2.0
    assert found.options["hidden"] is recipe.options["hidden"]
    assert (found.epochs, found.patience) == (recipe.epochs, recipe.epochs)
    assert found.redrawn_users == recipe.redrawn_users
    assert found.name == "searched_average"


@pytest.fixture
def small_networks(monkeypatch: pytest.MonkeyPatch) -> None:
    module = "training.experiments.aggregator_family.tuned_seeds.config_named"

    def small(name: str, kind: str, **options: object) -> object:
        config = config_named(name, kind, **options)
        options = {**config.options, "hidden": None, "dropout": 0.0}
        return replace(config, options=options, redrawn_users=None)

    monkeypatch.setattr(module, small)


@pytest.mark.slow
def test_each_network_is_trained_once_a_seed_and_compared(
    feature_set: FeatureSet, tmp_path: Path, small_networks: None
) -> None:
    names = ["tuned_average", "tuned_attention_1"]
    users = small_users(feature_set)
    inputs = {"users": users.table}
    found = compare_seeds(
        names, (1, 2), feature_set, users, tmp_path, inputs, quick=True
    )
    assert set(found["gains"]) == {USERS, gallery(100)}
    networks = found["networks"]
    for network in networks.values():
        assert network["seeds"] == [1, 2]
        assert len(network["validation_map"]) == 2
        for values in network["scenarios"].values():
            assert {len(one) for one in values.values()} == {2}
            assert values["map"][0] != values["map"][1]
            assert {"f1@15", "calibration_error", "false_interests"} <= set(values)
    for scenario, gains in found["gains"].items():
        gain = gains["tuned_attention_1 over tuned_average"]["map"]
        below, above = (networks[n]["scenarios"][scenario]["map"] for n in names)
        assert gain["value"] == pytest.approx(sum(above) / sum(below) - 1)
        shares = [one / other - 1 for one, other in zip(above, below, strict=True)]
        assert gain["by_seed"] == pytest.approx(shares)
    assert {path.name for path in tmp_path.iterdir() if path.is_symlink()} == {
        name + seed for name in names for seed in ("", "-seed-2")
    }


@pytest.mark.slow
def test_seeds_that_are_not_trained_are_left_out_where_asked(
    feature_set: FeatureSet, tmp_path: Path, small_networks: None
) -> None:
    users = small_users(feature_set)
    data = (feature_set, users, tmp_path, {"users": users.table}, True)
    with pytest.raises(ValueError, match="a training of average with one of the seeds"):
        compare_seeds(["average"], (1, 2, 3), *data, only_trained=True)
    compare_seeds(["average"], (1, 2), *data)
    compare_seeds(["tuned_average"], (1,), *data)
    names = ["average", "tuned_average"]
    found = compare_seeds(names, (1, 2, 3), *data, only_trained=True)
    assert [found["networks"][name]["seeds"] for name in names] == [[1, 2], [1]]
    (gain,) = found["gains"][USERS].values()
    assert len(gain["map"]["by_seed"]) == 1


@pytest.mark.slow
def test_photo_evidence_has_seeds_and_no_epochs(
    feature_set: FeatureSet, tmp_path: Path
) -> None:
    users = small_users(feature_set)
    inputs = {"users": users.table}
    names = ["photo_evidence"]
    found = compare_seeds(
        names, (1, 2), feature_set, users, tmp_path, inputs, quick=True
    )
    network = found["networks"]["photo_evidence"]
    assert network["seeds"] == [1, 2]
    assert "epochs" not in network
