import dataclasses

import numpy as np
import pytest

from training.features.feature_set import FeatureSet
from training.simulation import scenarios
from training.simulation.contributors import contributors
from training.simulation.user_sets import UserSets


def test_people_with_enough_photos_keep_all_of_them(feature_set: FeatureSet) -> None:
    user_sets = UserSets(contributors(feature_set, 5))
    assert user_sets.worlds == {"contributors": ("train", "validation", "test")}
    people = user_sets.sets(scenarios.CONTRIBUTORS, "test")
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


def test_worlds_say_what_is_simulated() -> None:
    for world in (scenarios.USERS, "gallery-100", scenarios.INTEREST_FREE_UNSEEN):
        assert "simulated" in scenarios.title(world)
        assert scenarios.is_simulated(world)
    assert "real" in scenarios.title(scenarios.CONTRIBUTORS)
    assert not scenarios.is_simulated(scenarios.CONTRIBUTORS)
    for unknown in ("usrs", "gallery-many"):
        with pytest.raises(ValueError, match=unknown):
            scenarios.title(unknown)
