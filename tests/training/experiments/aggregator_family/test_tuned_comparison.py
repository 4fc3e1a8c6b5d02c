from pathlib import Path

import pytest
from synthetic import small_users

from training.configs import config_named
from training.experiments.aggregator_family.tuned_comparison import (
    CLAIMED,
    CLAIMED_ABOVE,
    SUPERVISION,
    compare_tuned,
    f1_gain,
)
from training.features.feature_set import FeatureSet


def measured(f1: float) -> dict[str, object]:
    metrics = {
        f"{prefix}f1@{k}": {"value": f1 * k}
        for prefix in ("", "thresholded_")
        for k in (5, 10, 15, 20)
    }
    return {"scenarios": {"users": {"metrics": metrics}}}


def test_gain_is_a_share_of_the_average() -> None:
    found = {"aggregators": {CLAIMED: measured(0.3), CLAIMED_ABOVE[0]: measured(0.2)}}
    gain = f1_gain(found)
    assert set(gain) == {"hits over k, average", "above .5, average"}
    assert gain["above .5, average"]["15"] == pytest.approx(0.5)
    assert f1_gain({"aggregators": {CLAIMED: measured(0.3)}}) == {}


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
