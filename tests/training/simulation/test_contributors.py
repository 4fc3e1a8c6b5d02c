import dataclasses

import numpy as np
import pytest

from training.features.feature_set import FeatureSet
from training.simulation import scenario_names
from training.simulation.contributors import contributors
from training.simulation.user_sets import UserSets


def test_people_with_enough_photos_keep_all_of_them(feature_set: FeatureSet) -> None:
    user_sets = UserSets(contributors(feature_set, 5))
    assert user_sets.scenarios == {"contributors": ("train", "validation", "test")}
    people = user_sets.sets(scenario_names.CONTRIBUTORS, "test")
    assert [len(person.photos) for person in people] == [6, 8]
    for person in people:
        owner = feature_set.photos["contributor"].to_numpy()[person.photos]
        assert set(owner) == {person.user}
        assert (person.days == -1).all()


def test_a_person_in_two_splits_is_refused(feature_set: FeatureSet) -> None:
    photos = feature_set.photos.copy()
    photos.loc[np.flatnonzero(photos["split"] == "test")[30], "contributor"] = 0
    with pytest.raises(ValueError, match=r"in one split, received in several: \[0\]"):
        contributors(dataclasses.replace(feature_set, photos=photos), 5)


def test_scenarios_say_what_is_simulated() -> None:
    for scenario in (
        scenario_names.USERS,
        "gallery-100",
        scenario_names.INTEREST_FREE_UNSEEN,
    ):
        assert "simulated" in scenario_names.title(scenario)
        assert scenario_names.is_simulated(scenario)
    assert "real" in scenario_names.title(scenario_names.CONTRIBUTORS)
    assert not scenario_names.is_simulated(scenario_names.CONTRIBUTORS)
    for unknown in ("usrs", "gallery-many"):
        with pytest.raises(ValueError, match=unknown):
            scenario_names.title(unknown)
