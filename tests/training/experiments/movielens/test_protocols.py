import numpy as np
import pytest

from training.experiments.movielens.protocols import (
    COLD_HISTORY,
    by_last,
    by_time,
    of_cold_users,
    of_new_items,
)
from training.experiments.movielens.rated_pictures import RatedPictures
from training.experiments.recommenders.data import RankingData
from training.experiments.recommenders.splits import Split


def make(split: Split, items: tuple[str, ...]) -> RankingData:
    features = np.eye(len(items), dtype=np.float32)
    return RankingData(
        split.users,
        items,
        split.train,
        split.validation,
        split.test,
        features,
        np.zeros(len(items), np.int32),
    )


def pairs(data: RankingData) -> set[tuple[str, str]]:
    parts = np.concatenate([data.train, data.validation, data.test])
    return {(data.users[user], data.items[item]) for user, item in parts}


def test_leave_one_out_tests_each_user_once(rated: RatedPictures) -> None:
    data = by_last(rated.events, rated.items, make)
    assert sorted(data.test[:, 0]) == list(range(len(data.users)))
    assert len(pairs(data)) == len(rated.events)


def test_temporal_split_tests_later_ratings_of_known_users(
    rated: RatedPictures,
) -> None:
    data = by_time(rated.events, rated.items, make)
    time = rated.events.set_index(["user", "item"])["time"]

    def times(part: np.ndarray) -> list[int]:
        return [time[data.users[u], data.items[i]] for u, i in part]

    assert max(times(data.train)) <= min(times(data.validation))
    assert max(times(data.validation)) <= min(times(data.test))
    assert set(data.test[:, 0]) <= set(data.train[:, 0])


def test_cold_users_have_their_first_ratings_in_training(rated: RatedPictures) -> None:
    data = of_cold_users(rated.events, rated.items, make, seed=1)
    cold = np.unique(data.test[:, 0])
    assert len(cold) == 8  # a fifth of 40
    assert set(data.groups[cold]) == {"few"}
    assert {len(data.taken[user]) for user in cold} == {COLD_HISTORY}
    assert pairs(data) == set(
        zip(rated.events["user"], rated.events["item"], strict=True)
    )


def test_new_items_have_no_interaction_before_the_test(rated: RatedPictures) -> None:
    data = of_new_items(rated.events, rated.items, make, seed=1)
    new = set(data.test[:, 1])
    known = set(np.concatenate([data.train, data.validation])[:, 1])
    assert len(new) == 3  # a tenth of 30
    assert len(data.items) == 27
    assert not new & known


def test_settings_are_chosen_on_other_new_items(rated: RatedPictures) -> None:
    measured = of_new_items(rated.events, rated.items, make, seed=1)
    chosen = of_new_items(rated.events, rated.items, make, seed=1, chosen=True)
    new = {measured.items[i] for i in measured.test[:, 1]}
    assert not new & set(chosen.items)
    assert {chosen.items[i] for i in chosen.test[:, 1]}.isdisjoint(measured.items)


@pytest.mark.parametrize("draw", [of_cold_users, of_new_items])
def test_seeds_draw_others(draw, rated: RatedPictures) -> None:  # type: ignore[no-untyped-def]
    first, again, other = (
        draw(rated.events, rated.items, make, seed=seed) for seed in (1, 1, 2)
    )
    assert np.array_equal(first.test, again.test)
    assert pairs_of_test(first) != pairs_of_test(other)


def pairs_of_test(data: RankingData) -> set[tuple[str, str]]:
    return {(data.users[user], data.items[item]) for user, item in data.test}
