from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from photo_interests.bundle.card import load_card
from photo_interests.bundle.location import find_bundle
from training.features.feature_set import FeatureSet
from training.reports.held_out import SHOWN, held_out_tables
from training.runs import sha256_of
from training.simulation.scenario_names import CONTRIBUTORS, USERS
from training.simulation.user_sets import SCHEMA, UserSets


@pytest.fixture
def two_people() -> tuple[FeatureSet, UserSets]:
    card = load_card(find_bundle("everyday-1105"))
    names = tuple(category.id for category in card.interests)
    photos = pd.DataFrame(
        {
            "photo": np.arange(6, dtype=np.int32),
            "source": "set",
            "category": [names[i] for i in (0, 0, 1, 2, 2, 2)],
            "label": "x",
            "none_role": "",
            "contributor": np.full(6, -1, np.int32),
            "split": "test",
            "group": np.arange(6, dtype=np.int32),
        }
    )
    features = np.random.default_rng(1).integers(0, 99, (6, 1024), np.uint8)
    table = pd.DataFrame(
        {
            "world": [USERS] * 3 + [CONTRIBUTORS] * 3,
            "split": "test",
            "user": np.int32(0),
            "photo": np.arange(6, dtype=np.int32),
            "day": np.int32(-1),
        }
    )[SCHEMA.names]
    extractor = sha256_of(find_bundle("everyday-1105") / card.extractor.file)
    return FeatureSet(
        features,
        card.features.scale,
        photos,
        names,
        {"extractor_sha256": extractor},
    ), UserSets(table)


def test_features_of_another_extractor_are_refused(two_people):
    feature_set, users = two_people
    other = replace(feature_set, provenance={"extractor_sha256": "0" * 64})
    with pytest.raises(ValueError, match=f"sha256 {'0' * 64}, received one of"):
        list(held_out_tables(find_bundle("everyday-1105"), other, users, number=5))


def test_a_table_for_each_person_says_what_is_true(two_people):
    simulated, real = held_out_tables(
        find_bundle("everyday-1105"), *two_people, number=5
    )

    assert simulated.title.startswith("simulated users: number 0, 3 photos, 2 true")
    assert real.title.startswith("real contributors (clothing): number 0, 3 photos")
    for table in (simulated, real):
        assert len(table.rows) == SHOWN
        shown = [float(row[1]) for row in table.rows]
        assert shown == sorted(shown, reverse=True)
