from pathlib import Path

import numpy as np
import pytest

from photo_interests.models.interest_model import InterestModel
from training.commands.options import FEATURES
from training.experiments.large_vocabulary.distilled_recall import (
    SIZES,
    map_over_all,
    measure_recall,
)
from training.simulation.scenario_names import USERS
from training.simulation.user_sets import UserSets
from training.steps import load_data


@pytest.fixture(scope="module")
def model() -> InterestModel:
    return InterestModel(Path("models/everyday-1105"))


def test_recall_is_of_what_is_seen(model: InterestModel) -> None:
    feature_set, _ = load_data(FEATURES.with_name("everyday-1105"))
    features = feature_set.features[feature_set.rows("test")][:60]
    alone = np.stack([model(one[None]).probabilities for one in features])
    best = alone.argmax(axis=1)
    is_shown = alone.max(axis=1) >= 0.5
    # Every category counts as one of those measured, so that some are shown.
    found = measure_recall(model, features, np.where(is_shown, best, -1), 0)
    assert set(found) == {str(size) for size in SIZES}
    assert found["1"]["recall"]["value"] == 1.0
    assert found["1"]["sets"] == is_shown.sum() > 0
    assert found["50"]["seen"] > found["10"]["seen"]
    other = np.where(is_shown, best + 1, -1)
    assert measure_recall(model, features, other, 0)["1"]["recall"]["value"] < 0.2


def test_map_over_all_outputs_is_below_that_of_labelled_ones(
    model: InterestModel,
) -> None:
    feature_set, sets = load_data(FEATURES.with_name("everyday-1105"))
    table = sets.table
    few = (table["world"] == USERS) & (table["split"] == "test") & (table["user"] < 50)
    found = map_over_all(model, feature_set, UserSets(table[few]))
    assert 0.8 < found["low"] <= found["value"] <= found["high"] < 0.99


def test_a_bundle_of_other_categories_is_refused() -> None:
    feature_set, sets = load_data(FEATURES.with_name("everyday-1105"))
    model = InterestModel(Path("models/everyday"))
    with pytest.raises(ValueError, match="everyday: expected the categories of the"):
        map_over_all(model, feature_set, sets)
