from pathlib import Path

import numpy as np
import pytest

from training.commands.options import FEATURES
from training.experiments.temporal.taxonomy_interests import (
    interests_of_categories,
    measure_taxonomy,
)
from training.simulation.scenario_names import USERS
from training.simulation.user_sets import UserSets
from training.steps import load_data
from training.vocabulary.interests import load_interests

USERS_OF_A_SPLIT = 60


def test_categories_lead_to_interests_that_are_shown_to_everybody() -> None:
    interests = load_interests()
    found = interests_of_categories(["caltech.accordion", "caltech.ant"], interests)
    ids = np.array([one.id for one in interests.interests])
    assert set(ids[found[0]]) == {"music"}
    assert set(ids[found[1]]) == {"insects"}
    everything = interests_of_categories(interests.kinds, interests)
    assert not everything[:, ~interests.always].any()
    with pytest.raises(ValueError, match=r"received \['spaceship'\]"):
        interests_of_categories(["spaceship"], interests)


@pytest.mark.slow
def test_the_bundle_predicts_later_interests_above_popularity() -> None:
    feature_set, sets = load_data(FEATURES.with_name("everyday-1105"))
    table = sets.table
    few = (table["world"] == USERS) & (table["user"] < USERS_OF_A_SPLIT)
    found = measure_taxonomy(
        Path("models/everyday"), feature_set, UserSets(table[few]), USERS_OF_A_SPLIT
    )
    assert 20 < found["interests"] < 117
    assert found["users"] + found["excluded"] == USERS_OF_A_SPLIT
    models = found["models"]
    assert models["popularity"]["all"]["above_popularity"]["value"] == 0
    assert models["everyday"]["all"]["map"]["value"] > 0.1
    assert set(models["everyday -> ridge"]["new"]) == {
        "map",
        "setting",
        "above_ridge",
        "above_popularity",
    }
