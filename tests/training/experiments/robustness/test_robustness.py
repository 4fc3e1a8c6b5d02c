"""The robustness report, over synthetic photos whose answer is known."""

import dataclasses

import numpy as np
import pytest

from training.experiments.robustness import robustness as subject
from training.experiments.robustness.background_images.altered import ALTERATIONS
from training.features.feature_set import FeatureSet
from training.metrics.compare import ComparedModel
from training.simulation.config import LargeGalleries, get_config
from training.simulation.simulate import simulate
from training.simulation.user_sets import UserSets


@pytest.fixture
def user_sets(feature_set: FeatureSet, monkeypatch: pytest.MonkeyPatch) -> UserSets:
    monkeypatch.setattr(subject, "SIZES", (1, 40))
    monkeypatch.setattr(subject, "PEOPLE", 6)
    monkeypatch.setattr(subject, "ALTERED_PEOPLE", 5)
    monkeypatch.setattr(subject, "DRAWN_EACH", 1)
    few = {"train": 2, "validation": 2, "test": 8}
    scenario = dataclasses.replace(
        get_config(),
        users=few,
        galleries=few,
        interest_free=few,
        large_galleries=(LargeGalleries(40, (4, 8), {"test": 5}),),
    )
    return UserSets(simulate(feature_set, scenario))


def test_measures_every_part(feature_set: FeatureSet, user_sets: UserSets) -> None:
    pixels = np.zeros((len(feature_set.features), 224, 224, 3), np.uint8)
    pixels[:, :, :, 0] = np.arange(len(pixels))[:, None, None] % 251
    seen = []

    def extract(pictures: np.ndarray) -> np.ndarray:
        seen.append(len(pictures))
        return np.zeros((len(pictures), feature_set.dimension), np.uint8)

    def nothing(features: np.ndarray, mask: np.ndarray) -> np.ndarray:
        """Every interest of whoever shows a photo that was extracted just now."""
        is_new = ((features == 0).all(axis=2) & mask).any(axis=1)
        return np.repeat(is_new[:, None], len(feature_set.categories), axis=1) * 1.0

    models = {"suspicious": ComparedModel(nothing, 0)}
    found = subject.robustness(models, feature_set, user_sets, pixels, extract)
    assert list(found["photos"]) == ["1", "40"]
    assert list(found["none_share"]) == ["0%", "25%", "50%", "75%", "100%"]
    assert list(found["altered"]) == list(ALTERATIONS)
    assert len(seen) == 1 + len(ALTERATIONS)
    categories = len(feature_set.categories)
    drawn = found["drawn"]["drawn kinds"]["suspicious"]
    assert drawn["false_interests"]["value"] == categories
    assert "map" not in found["none_share"]["100%"]["suspicious"]
    assert found["photos"]["40"]["suspicious"]["false_interests"]["value"] == 0
    altered = found["altered"]["turned by 90 degrees"]["suspicious"]
    assert altered["false_interests"]["value"] > categories / 2
    assert set(found["drawn_kinds"]["chat"]) == {"suspicious"}
