from dataclasses import replace

import numpy as np

from training.experiments.aggregator_family import other_scenarios
from training.metrics.compare import ComparedModel
from training.simulation.config import get_config


def test_scenarios_differ_by_seed_and_a_better_predictor_wins(feature_set, monkeypatch):
    small = replace(
        get_config(),
        users={"train": 20, "validation": 20, "test": 60},
        gallery_sizes=(20,),
        gallery_interests={20: (2, 5)},
    )
    monkeypatch.setattr(other_scenarios, "get_config", lambda: small)
    rows = feature_set.rows("train")
    rows = rows[feature_set.category_indices[rows] >= 0]
    members = feature_set.category_indices[rows]
    centres = np.stack(
        [
            feature_set.features[rows[members == category]].mean(axis=0)
            for category in range(len(feature_set.categories))
        ]
    )

    def nearest(features: np.ndarray, mask: np.ndarray) -> np.ndarray:
        distance = np.abs(features[:, :, None].astype(float) - centres).mean(axis=3)
        distance[~mask] = 1e9
        return 1 / (1 + distance.min(axis=1))

    def guess(features: np.ndarray, mask: np.ndarray) -> np.ndarray:
        return np.full((len(features), len(centres)), 0.5)

    models = {"nearest": ComparedModel(nearest, 1), "guess": ComparedModel(guess, 0)}

    found = other_scenarios.map_by_seed(models, feature_set, [1, 2])

    assert set(found["nearest"]) == {"1", "2"}
    for seed in ("1", "2"):
        assert found["nearest"][seed]["low"] > found["guess"][seed]["high"]
    assert found["guess"]["1"] != found["guess"]["2"]
