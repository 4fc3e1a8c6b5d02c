"""Later interests in several scenarios, on synthetic photos."""

from dataclasses import replace

import numpy as np
import pytest
from synthetic import small_users

from training.experiments.temporal import scenarios
from training.features.feature_set import FeatureSet
from training.metrics.compare import ComparedModel
from training.simulation import scenario_names
from training.simulation.config import get_config
from training.simulation.user_sets import UserSets

COUNTS = {"train": 120, "validation": 40, "test": 40}


@pytest.fixture
def models(feature_set: FeatureSet) -> dict[str, ComparedModel]:
    """The share of photos that are nearest to the mean photo of each category."""
    photos = feature_set.photos
    means = np.stack(
        [
            feature_set.features[(photos["category"] == one).to_numpy()].mean(axis=0)
            for one in feature_set.categories
        ]
    )

    def predict(features: np.ndarray, mask: np.ndarray) -> np.ndarray:
        away = np.linalg.norm(features[..., None, :] - means, axis=-1)
        nearest = np.eye(len(means))[away.argmin(axis=-1)] * mask[..., None]
        return np.minimum(nearest.sum(axis=1), 1).astype(np.float32)

    return {"nearest": ComparedModel(predict, 0), "other": ComparedModel(predict, 0)}


@pytest.mark.slow
def test_other_scenarios_measure_the_first_model_alone(
    models: dict[str, ComparedModel],
    feature_set: FeatureSet,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = replace(
        get_config(),
        users=COUNTS,
        galleries=dict.fromkeys(COUNTS, 5),
        interest_free=dict.fromkeys(COUNTS, 5),
        gallery_sizes=(100,),
        gallery_interests={100: (4, 8)},
        large_galleries=(),
        groups=4,
    )
    monkeypatch.setattr(scenarios, "get_config", lambda: small)
    monkeypatch.setattr(scenarios, "FEW", 2)
    users = small_users(feature_set, COUNTS)
    found = scenarios.measure_scenarios(models, feature_set, users, seeds=2)
    given, second, distinct, narrow = found.values()
    assert list(found)[:2] == ["seed 1", "seed 2"]
    assert "4 times as distinct" in list(found)[2]
    assert "nearest" in given["models"] and "other" in given["models"]
    for one in (second, distinct, narrow):
        assert "nearest" in one["models"] and "other" not in one["models"]
        assert one["users"] + one["excluded"] == COUNTS["test"]
    bound = "bound: true categories, the simulator's own groups"
    new = {
        name: narrow["models"][name]["new"]["map"]["value"]
        for name in (bound, "popularity")
    }
    assert new[bound] > new["popularity"]  # a lasting, narrow taste can be predicted


def test_real_people_have_no_bound(
    models: dict[str, ComparedModel], feature_set: FeatureSet
) -> None:
    table = small_users(feature_set, COUNTS).table
    simulated = table[table["world"] == scenario_names.USERS]
    shoppers = UserSets(simulated.assign(world=scenario_names.SHOPPERS))
    found = scenarios.measure_scenarios(models, feature_set, shoppers, seeds=1)
    ((title, measured),) = found.items()
    assert title == "real shoppers (Amazon)"
    assert {"nearest", "other"} <= set(measured["models"])
    assert not any(name.startswith("bound") for name in measured["models"])
