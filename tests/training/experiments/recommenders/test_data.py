from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from training.experiments.recommenders.data import RankingData, check_events
from training.experiments.recommenders.splits import leave_one_out, temporal

ITEMS = ("a", "b", "c", "d")


def events(*rows):
    return pd.DataFrame(rows, columns=["user", "item", "time"])


LONG = events(("u", "a", 3), ("u", "b", 1), ("u", "c", 2), ("v", "a", 9), ("v", "d", 4))


def test_leave_one_out_keeps_the_last_two_and_short_histories_whole():
    split = leave_one_out(LONG, ITEMS)
    assert split.users == ("u", "v")
    assert split.test.tolist() == [[0, 0]]
    assert split.validation.tolist() == [[0, 2]]
    assert sorted(split.train.tolist()) == [[0, 1], [1, 0], [1, 3]]


def test_leave_one_out_takes_the_row_further_down_as_later():
    split = leave_one_out(events(("u", "a", 1), ("u", "b", 1), ("u", "c", 1)), ITEMS)
    assert split.test.tolist() == [[0, 2]]


def test_temporal_cuts_at_the_times():
    split = temporal(LONG, ITEMS, validation=3, test=9)
    assert split.test.tolist() == [[1, 0]]
    assert sorted(split.validation.tolist()) == [[0, 0], [1, 3]]


def test_temporal_refuses_an_empty_part():
    with pytest.raises(ValueError, match="test: expected interactions between 1 and 9"):
        temporal(LONG, ITEMS, validation=3, test=10)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("u", "a", 1), ("u", "x", 2)], "row 1: .* picture, received 'x', .* none"),
        (
            [("u", "a", 1), ("u", "b", 2), ("u", "a", 3)],
            "row 2: expected user 'u' to take item 'a' once",
        ),
        ([("u", "a", 1), (None, "b", 2)], "row 1: expected no empty cell"),
        ([], "at least one row"),
    ],
)
def test_bad_events_name_the_row(rows, message):
    with pytest.raises(ValueError, match=message):
        check_events(events(*rows), ITEMS)


def test_bad_columns():
    with pytest.raises(ValueError, match="expected columns .* received .*'when'"):
        check_events(LONG.rename(columns={"time": "when"}), ITEMS)


def test_features_that_are_no_numbers_name_item_and_row(synthetic_data: RankingData):
    features = synthetic_data.features.copy()
    features[7, 2] = np.nan
    with pytest.raises(
        ValueError, match="features, row 7: .* item 'item 7', received NaN"
    ):
        replace(synthetic_data, features=features)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"test": np.array([[0, 0], [99, 0]])}, "test, row 1: expected user 0 to 59"),
        ({"train": np.array([[0, -1]])}, "train, row 0: expected item 0 to 89"),
        ({"features": np.zeros((3, 2))}, "features: expected a row for each of 90"),
        ({"photos": ()}, "photos: expected those of 60 users, received of 0"),
        ({"pixels": np.zeros((1, 2, 2, 3))}, "pixels: expected a picture of each"),
    ],
)
def test_parts_that_do_not_fit(synthetic_data: RankingData, change, message):
    with pytest.raises(ValueError, match=message):
        replace(synthetic_data, **change)


def test_groups_by_what_training_knows(synthetic_data: RankingData):
    train = np.array([(0, item) for item in range(5)] + [(1, 0)])
    groups = replace(synthetic_data, train=train).groups
    assert groups[:3].tolist() == ["warm", "few", "new"]


def test_unknown_user(synthetic_data: RankingData):
    with pytest.raises(ValueError, match="user: expected 0 to 59, received 60"):
        synthetic_data.user(60)
