from dataclasses import asdict
from pathlib import Path

import pytest
from optuna.trial import FixedTrial
from synthetic import small_users

from training.configs import config_named
from training.experiments.aggregator_family.search import (
    SearchLimits,
    search,
    study_of,
    with_earlier,
)
from training.experiments.aggregator_family.search_space import (
    first_settings,
    suggest,
    with_settings,
)
from training.experiments.aggregator_family.tuned_comparison import SEARCHED
from training.features.feature_set import FeatureSet

LIMITS = SearchLimits(trials=2, users=64, epochs=2, validation_users=20)


@pytest.mark.parametrize("name", SEARCHED)
def test_the_recipe_lies_in_the_space_and_is_what_the_config_has(name: str) -> None:
    config = config_named(name, "aggregator")
    first = first_settings(config)
    assert suggest(FixedTrial(first), config) == first
    users = config.training_users
    chosen = with_settings(config, first, users, config.epochs)
    for field in ("learning_rate", "weight_decay", "input_noise", "input_dropout"):
        assert getattr(chosen, field) == getattr(config, field), field
    assert chosen.options == config.options
    assert chosen.redrawn_users == config.redrawn_users


def test_settings_reach_the_network() -> None:
    config = config_named("tuned_attention_1", "aggregator")
    settings = first_settings(config) | {
        "raw_features": True,
        "feature_limit": "none",
        "redrawn": False,
        "dropout": 0.2,
    }
    chosen = with_settings(config, settings, 64, 8)
    assert chosen.raw_features and chosen.redrawn_users is None
    assert chosen.options["feature_limit"] is None
    assert chosen.options["dropout"] == 0.2
    assert (chosen.training_users, chosen.epochs, chosen.patience) == (64, 8, 2)


@pytest.mark.slow
def test_a_search_keeps_its_trials_and_finds_the_best_on_validation(
    feature_set: FeatureSet, tmp_path: Path
) -> None:
    users = small_users(feature_set)
    found = search(["tuned_average"], feature_set, users, LIMITS, tmp_path)
    one = found["tuned_average"]
    assert one["trials"] == 2
    assert one["best"] >= one["recipe"] > 0
    assert one["seconds"] > 0
    study = study_of("tuned_average", LIMITS, tmp_path)
    first = study.trials[0]
    config = config_named("tuned_average", "aggregator")
    assert first.params == first_settings(config)
    again = search(["tuned_average"], feature_set, users, LIMITS, tmp_path)
    assert again == found
    assert len(study_of("tuned_average", LIMITS, tmp_path).trials) == 2


def test_networks_that_were_searched_before_stay_with_their_limits() -> None:
    old = {
        "limits": {"trials": 10},
        "networks": {"one": {"best": 1}, "two": {"best": 2}},
    }
    found = with_earlier({"two": {"best": 3}}, LIMITS, old)
    assert found["one"] == {"best": 1, "limits": {"trials": 10}}
    assert found["two"] == {"best": 3, "limits": asdict(LIMITS)}
    again = with_earlier({}, LIMITS, {"networks": found})
    assert again == found


def test_a_network_that_learns_from_photos_is_refused(
    feature_set: FeatureSet, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match="photo_evidence: expected a network trained"):
        search(
            ["photo_evidence"], feature_set, small_users(feature_set), LIMITS, tmp_path
        )
