from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.features.feature_set import FeatureSet
from training.simulation.user_sets import UserSet, UserSets, labels


def _table(rows: list[tuple[str, str, int, int, int]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["world", "split", "user", "photo", "day"])


@st.composite
def tables(draw: st.DrawFn) -> pd.DataFrame:
    rows = []
    for scenario in draw(st.lists(st.sampled_from("abcde"), unique=True, max_size=3)):
        for split in draw(st.lists(st.sampled_from(["train", "test"]), unique=True)):
            for user in draw(st.lists(st.integers(0, 99), unique=True, max_size=4)):
                photos = draw(st.lists(st.integers(0, 500), min_size=1, max_size=5))
                rows += [(scenario, split, user, photo, 10) for photo in photos]
    return _table(rows)


@given(tables())
def test_sets_are_the_groups_of_the_table(table: pd.DataFrame) -> None:
    user_sets = UserSets(table)
    found = [
        (scenario, split, one.user, int(photo), int(day))
        for scenario, splits in user_sets.scenarios.items()
        for split in splits
        for one in user_sets.sets(scenario, split)
        for photo, day in zip(one.photos, one.days, strict=True)
    ]
    assert found == [tuple(row) for row in table.itertuples(index=False)]


def test_parquet_round_trip_gives_the_same_sets_and_bytes(tmp_path: Path) -> None:
    table = _table([("users", "test", 0, 3, 9), ("users", "test", 1, 5, -1)])
    UserSets(table).save(tmp_path / "a.parquet")
    loaded = UserSets.load(tmp_path / "a.parquet")
    loaded.save(tmp_path / "b.parquet")
    assert (tmp_path / "a.parquet").read_bytes() == (
        tmp_path / "b.parquet"
    ).read_bytes()
    assert [one.photos.tolist() for one in loaded.sets("users", "test")] == [[3], [5]]
    assert loaded.sets("users", "test")[0].photos.dtype == np.int32


def test_other_columns_are_refused(tmp_path: Path) -> None:
    table = _table([("users", "test", 0, 3, 9)])
    with pytest.raises(ValueError, match="expected columns"):
        UserSets(table.rename(columns={"day": "date"}))
    table.astype({"user": np.int64}).to_parquet(tmp_path / "x.parquet")
    with pytest.raises(ValueError, match="expected columns"):
        UserSets.load(tmp_path / "x.parquet")


def test_scattered_rows_are_refused() -> None:
    rows = [("users", "test", user, 3, 9) for user in (0, 1, 0)]
    with pytest.raises(ValueError, match="rows of a user together"):
        UserSets(_table(rows))
    rows = [("a", "test", 0, 3, 9), ("b", "test", 0, 3, 9), ("a", "test", 1, 3, 9)]
    with pytest.raises(ValueError, match="scenario and split together"):
        UserSets(_table(rows))


def test_an_unknown_scenario_is_refused() -> None:
    user_sets = UserSets(_table([("users", "test", 0, 3, 9)]))
    with pytest.raises(ValueError, match="'gallery-100', 'test'"):
        user_sets.sets("gallery-100", "test")


def test_labels_are_the_categories_of_the_photos(feature_set: FeatureSet) -> None:
    none = int(np.flatnonzero(feature_set.category_indices < 0)[0])
    second = int(np.flatnonzero(feature_set.category_indices == 1)[0])
    days = np.zeros(3, np.int32)
    sets = [
        UserSet(0, np.array([second, none, second], np.int32), days),
        UserSet(1, np.array([none, none, none], np.int32), days),
    ]
    marks = labels(sets, feature_set)
    assert marks.dtype == np.uint8
    assert marks.shape == (2, len(feature_set.categories))
    assert np.flatnonzero(marks[0]).tolist() == [1]
    assert not marks[1].any()
    assert labels([], feature_set).shape == (0, len(feature_set.categories))
