import json
from dataclasses import replace
from pathlib import Path

import pytest
from synthetic import small_users

from training.configs import config_named
from training.experiments.aggregator_family.searched import searched
from training.experiments.aggregator_family.tuned_seeds import compare_seeds
from training.features.feature_set import FeatureSet

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


@pytest.mark.slow
def test_each_network_is_trained_once_a_seed_and_compared(
    feature_set: FeatureSet, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = "training.experiments.aggregator_family.tuned_seeds.config_named"

    def small(name: str, kind: str, **options: object) -> object:
        config = config_named(name, kind, **options)
        options = {**config.options, "hidden": None, "dropout": 0.0}
        return replace(config, options=options, redrawn_users=None)

    monkeypatch.setattr(module, small)
    names = ["tuned_average", "tuned_attention_1"]
    users = small_users(feature_set)
    found = compare_seeds(names, 2, feature_set, users, tmp_path, quick=True)
    for network in found["networks"].values():
        assert len(network["map"]) == len(network["validation_map"]) == 2
        assert network["map"][0] != network["map"][1]
    gain = found["gains"]["tuned_attention_1 over tuned_average"]["map"]
    one, two = (sum(found["networks"][name]["map"]) for name in names)
    assert gain["value"] == pytest.approx(two / one - 1)
    assert {path.name for path in tmp_path.iterdir() if path.is_symlink()} == {
        name + seed for name in names for seed in ("", "-seed-2")
    }


def test_photo_evidence_has_no_seed_of_training_on_sets(
    feature_set: FeatureSet, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="photo_evidence: expected a network trained"):
        compare_seeds(
            ["photo_evidence"], 1, feature_set, small_users(feature_set), tmp_path
        )
