from dataclasses import dataclass, replace

import numpy as np
import pytest

from training.experiments.recommenders.layouts.synthetic import synthetic_preference
from training.experiments.recommenders.popularity import Popularity
from training.experiments.recommenders.rank_users import (
    SAMPLED,
    differences,
    rank_users,
    summary,
)
from training.experiments.recommenders.ranker import Ranker
from training.experiments.recommenders.ranking import METRICS


@pytest.fixture(scope="module")
def data():
    return synthetic_preference(users=40, items=150)


@dataclass
class Oracle(Ranker):
    """Knows the colours that everybody takes."""

    def fit(self, data):
        self.data = data
        self.state = {"nothing": np.zeros(1)}
        return self

    def score(self, user):
        liked = self.data.categories[user.history[0]]
        return (self.data.categories == liked).astype(float)


def test_an_oracle_is_far_above_chance_and_chance_is_chance(data):
    """Not perfect: old items of the colour that no user happened to take count too."""
    best = summary(rank_users(Oracle().fit(data), data))
    assert best["new_items"]["warm"]["AUC"]["value"] > 0.9
    chance = summary(rank_users(Popularity().fit(data), data))
    assert chance["new_items"]["warm"]["AUC"]["value"] == 0.5
    assert chance["new_items"]["warm"]["users"] == 40


def test_what_was_taken_before_is_no_candidate(data):
    """The oracle likes it as much as what is to be found, yet it costs nothing."""
    ranked = rank_users(Oracle().fit(data), data)
    row = 0
    liked = data.categories == data.categories[data.taken[row][0]]
    seen = np.concatenate(
        [data.taken[row], data.validation[data.validation[:, 0] == row, 1]]
    )
    wanted = data.test[data.test[:, 0] == row, 1]
    rest = np.setdiff1d(np.flatnonzero(liked), np.concatenate([seen, wanted]))
    others = len(data.items) - len(seen) - len(wanted)
    expected = 1 - 0.5 * len(rest) / others
    assert ranked.values["catalogue"][row, 0] == pytest.approx(expected)


def test_drawn_items_are_the_same_for_all_rankers_and_few(data):
    first, again = (rank_users(Oracle().fit(data), data) for _ in range(2))
    assert (first.values["sampled"] == again.values["sampled"]).all()
    place = METRICS.index("P@100")
    wanted = len(data.test[data.test[:, 0] == 0])
    assert SAMPLED == 100
    assert first.values["sampled"][0, place] == pytest.approx(wanted / 100)


def test_differences_are_paired_and_by_group(data):
    ranked = {
        "ours": rank_users(Oracle().fit(data), data),
        "other": rank_users(Popularity().fit(data), data),
    }
    found = differences(ranked, "ours", "nDCG@20")
    assert list(found) == ["other"] and list(found["other"]) == ["warm"]
    column = METRICS.index("nDCG@20")
    values = [one.values["catalogue"][:, column] for one in ranked.values()]
    interval = found["other"]["warm"]
    assert interval["value"] == pytest.approx(np.mean(values[0] - values[1]))
    assert 0 < interval["low"] <= interval["value"] <= interval["high"]


def test_groups_without_users_are_excluded(data):
    without_users = replace(data, train=data.train[:0], validation=data.validation[:0])
    found = summary(rank_users(Popularity().fit(without_users), without_users))
    assert list(found["catalogue"]) == ["new"]
