import dataclasses

import numpy as np
import pandas as pd
import pytest

from training.features.feature_set import FeatureSet
from training.simulation import scenario_names
from training.simulation.config import LargeGalleries, SimulationConfig, get_config
from training.simulation.simulate import simulate
from training.simulation.statistics import statistics
from training.simulation.tastes import group_tastes
from training.simulation.user_sets import SCHEMA, UserSets, labels

SMALL = dataclasses.replace(
    get_config(),
    users={"train": 3000, "validation": 400, "test": 400},
    galleries={"train": 30, "validation": 20, "test": 20},
    interest_free={"train": 60, "validation": 60, "test": 60},
    gallery_sizes=(30, 100),
    gallery_interests={30: (4, 8), 100: (6, 12)},
    large_galleries=(LargeGalleries(300, (8, 16), {"test": 3}),),
)


@pytest.fixture(scope="module")
def table(feature_set: FeatureSet) -> pd.DataFrame:
    return simulate(feature_set, SMALL)


@pytest.fixture(scope="module")
def user_sets(table: pd.DataFrame) -> UserSets:
    return UserSets(table)


def test_the_published_scenario_has_the_papers_size() -> None:
    scenario = get_config()
    assert scenario.users == {"train": 20_000, "validation": 2_000, "test": 2_000}
    assert scenario.groups == 30
    assert scenario.gallery_sizes == (100, 500)
    assert scenario.gallery_none_share == 0.7


def test_large_galleries_leave_all_other_users_as_they_are(
    table: pd.DataFrame, user_sets: UserSets, feature_set: FeatureSet
) -> None:
    without = simulate(feature_set, dataclasses.replace(SMALL, large_galleries=()))
    others = table[table["world"] != scenario_names.gallery(300)].reset_index(drop=True)
    pd.testing.assert_frame_equal(others, without)
    assert user_sets.scenarios[scenario_names.gallery(300)] == ("test",)
    sets = user_sets.sets(scenario_names.gallery(300), "test")
    assert [len(one.photos) for one in sets] == [300] * 3


def test_users_have_the_papers_statistics(
    user_sets: UserSets, feature_set: FeatureSet
) -> None:
    users = statistics(user_sets.sets(scenario_names.USERS, "train"), feature_set)
    assert users["users"] == 3000
    assert users["mean_photos"] == pytest.approx(8.7, abs=0.25)
    assert (users["minimum_photos"], users["most_photos"] <= 40) == (5, True)
    assert users["mean_interests"] == pytest.approx(4.2, abs=0.5)
    assert users["none_share"] == pytest.approx(0.25, abs=0.01)


def test_users_have_an_interest_and_at_most_half_none(
    user_sets: UserSets, feature_set: FeatureSet
) -> None:
    for split in ("train", "validation", "test"):
        sets = user_sets.sets(scenario_names.USERS, split)
        assert labels(sets, feature_set).any(axis=1).all()
        for one in sets:
            none = (feature_set.category_indices[one.photos] < 0).sum()
            assert none < len(one.photos) / 2 + 1  # to the nearest photo


@pytest.mark.parametrize("size", [30, 100])
def test_galleries_are_seven_tenths_none(
    user_sets: UserSets, feature_set: FeatureSet, size: int
) -> None:
    sets = user_sets.sets(scenario_names.gallery(size), "test")
    assert len(sets) == 20
    for one in sets:
        assert len(one.photos) == size
        assert np.mean(feature_set.category_indices[one.photos] < 0) == 0.7


def test_users_hold_photos_of_their_split_only(
    table: pd.DataFrame, feature_set: FeatureSet
) -> None:
    split_of_photo = feature_set.photos["split"].to_numpy()
    np.testing.assert_array_equal(
        split_of_photo[table["photo"]], table["split"].to_numpy()
    )


def test_held_out_classes_are_in_tests_only(
    table: pd.DataFrame, feature_set: FeatureSet
) -> None:
    roles = feature_set.photos["none_role"].to_numpy()[table["photo"]]
    assert set(roles[table["split"] == "train"]) == {"", "seen"}
    users = (table["split"] == "test") & (table["world"] == scenario_names.USERS)
    assert set(roles[users]) == {"", "seen", "unseen"}


def test_held_out_classes_have_their_share(
    table: pd.DataFrame, feature_set: FeatureSet
) -> None:
    for scenario in (scenario_names.USERS, scenario_names.gallery(100)):
        rows = (table["split"] == "test") & (table["world"] == scenario)
        roles = feature_set.photos["none_role"].to_numpy()[table["photo"][rows]]
        unseen = (roles == "unseen").sum() / (roles != "").sum()
        assert unseen == pytest.approx(SMALL.unseen_share, abs=0.05)


def test_a_split_without_held_out_classes_has_seen_ones_only(
    feature_set: FeatureSet,
) -> None:
    photos = feature_set.photos.copy()
    validation = photos["split"] == "validation"
    unseen = validation & (photos["none_role"] == "unseen")
    photos.loc[unseen, "none_role"] = "seen"
    user_sets = UserSets(
        simulate(dataclasses.replace(feature_set, photos=photos), SMALL)
    )
    assert "validation" in user_sets.scenarios[scenario_names.USERS]
    assert user_sets.scenarios[scenario_names.INTEREST_FREE_UNSEEN] == ("test",)


@pytest.mark.parametrize(
    ("scenario", "role"),
    [
        (scenario_names.INTEREST_FREE_SEEN, "seen"),
        (scenario_names.INTEREST_FREE_UNSEEN, "unseen"),
    ],
)
def test_interest_free_users_have_one_role(
    user_sets: UserSets, feature_set: FeatureSet, scenario: str, role: str
) -> None:
    sets = user_sets.sets(scenario, "test")
    assert len(sets) == 60
    photos = np.concatenate([one.photos for one in sets])
    assert set(feature_set.photos["none_role"].to_numpy()[photos]) == {role}
    assert not labels(sets, feature_set).any()


def test_no_photo_twice_while_its_pool_has_another(
    user_sets: UserSets, feature_set: FeatureSet
) -> None:
    pools = feature_set.photos["category"] + feature_set.photos["none_role"]
    available = pools[feature_set.photos["split"] == "test"].value_counts()
    for scenario in (scenario_names.USERS, scenario_names.gallery(100)):
        for one in user_sets.sets(scenario, "test"):
            pool = pools.to_numpy()[one.photos]
            for name, count in pd.Series(pool).value_counts().items():
                distinct = len(np.unique(one.photos[pool == name]))
                assert distinct == min(count, available[name])


def test_days_ascend_within_two_years(user_sets: UserSets) -> None:
    spread = []
    for one in user_sets.sets(scenario_names.USERS, "train"):
        assert (np.diff(one.days) >= 0).all()
        spread += one.days.tolist()
    assert SMALL.first_day <= min(spread) < SMALL.first_day + 30
    assert SMALL.first_day + 700 < max(spread) < SMALL.first_day + SMALL.days


def test_popularity_follows_zipf() -> None:
    # Many groups, so that their mean comes near the popularity they are drawn from.
    many = dataclasses.replace(SMALL, groups=20_000)
    popularity = np.sort(group_tastes(many, 178).mean(axis=0))[::-1]
    ranks = np.arange(1, 179)
    slope = np.polyfit(np.log(ranks), np.log(popularity), 1)[0]
    assert slope == pytest.approx(-SMALL.zipf_exponent, abs=0.03)


def test_groups_differ_and_are_distributions() -> None:
    tastes = group_tastes(SMALL, 178)
    assert tastes.shape == (30, 178)
    np.testing.assert_allclose(tastes.sum(axis=1), 1)
    overlap = np.minimum(tastes[0], tastes[1:]).sum(axis=1)
    assert overlap.max() < 0.9


def test_users_like_what_their_groups_like(
    user_sets: UserSets, feature_set: FeatureSet
) -> None:
    """Popular categories of the groups are the popular interests of the users."""
    interests = labels(user_sets.sets(scenario_names.USERS, "train"), feature_set)
    expected = group_tastes(SMALL, len(feature_set.categories)).mean(axis=0)
    assert np.corrcoef(expected, interests.mean(axis=0))[0, 1] > 0.9


def _overlap_of_halves(feature_set: FeatureSet, scenario: SimulationConfig) -> float:
    """How much the interests of the first and last third of the days agree."""
    sets = UserSets(simulate(feature_set, scenario)).sets(
        scenario_names.gallery(100), "train"
    )
    overlaps = []
    for one in sets:
        kinds = feature_set.category_indices[one.photos]
        early = one.days < scenario.first_day + scenario.days / 3
        late = one.days >= scenario.first_day + 2 * scenario.days / 3
        first, last = (set(kinds[part & (kinds >= 0)]) for part in (early, late))
        overlaps.append(len(first & last) / len(first | last))
    return float(np.mean(overlaps))


def test_interests_drift(feature_set: FeatureSet) -> None:
    steady = dataclasses.replace(SMALL, interest_span=100.0, drift=0.0)
    scenario = _overlap_of_halves(feature_set, SMALL)
    assert scenario < 0.8 * _overlap_of_halves(feature_set, steady)
    assert scenario > 0.1  # slowly: an interest of the beginning often lasts


def test_the_seed_decides(feature_set: FeatureSet, table: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(simulate(feature_set, SMALL), table)
    other = simulate(feature_set, dataclasses.replace(SMALL, seed=SMALL.seed + 1))
    assert not other["photo"].equals(table["photo"])


def test_splits_have_other_users(user_sets: UserSets) -> None:
    first = [user_sets.sets(scenario_names.USERS, s)[0] for s in ("validation", "test")]
    assert first[0].days.tolist() != first[1].days.tolist()


def test_a_category_without_photos_is_no_interest(
    feature_set: FeatureSet,
) -> None:
    keep = ~(
        (feature_set.photos["split"] == "test")
        & (feature_set.photos["category"] == feature_set.categories[3])
    )
    photos = feature_set.photos[keep].reset_index(drop=True)
    photos["photo"] = np.arange(len(photos), dtype=np.int32)
    smaller = dataclasses.replace(
        feature_set, features=feature_set.features[keep], photos=photos
    )
    sets = UserSets(simulate(smaller, SMALL)).sets(scenario_names.USERS, "test")
    assert labels(sets, smaller)[:, 3].sum() == 0


def test_a_split_without_photos_of_no_interest_is_refused(
    feature_set: FeatureSet,
) -> None:
    photos = feature_set.photos.copy()
    photos.loc[photos["none_role"] != "", ["category", "none_role"]] = [
        feature_set.categories[0],
        "",
    ]
    with pytest.raises(ValueError, match="'train': expected photos of interests and"):
        simulate(dataclasses.replace(feature_set, photos=photos), SMALL)


def test_the_table_has_the_contract_s_columns(table: pd.DataFrame) -> None:
    assert list(table.columns) == SCHEMA.names


@pytest.mark.parametrize(
    "change", [{"mean_photos": 50.0}, {"gallery_interests": {100: (1, 2)}}]
)
def test_an_impossible_scenario_is_refused(change: dict) -> None:
    with pytest.raises(ValueError, match="expected"):
        dataclasses.replace(SMALL, **change)
