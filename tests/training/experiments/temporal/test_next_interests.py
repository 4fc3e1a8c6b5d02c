import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.experiments.temporal.interest_split import split_by_time
from training.experiments.temporal.next_interest_models import (
    CO_OCCURRENCE,
    EASE,
    best_setting,
    next_interest_models,
)
from training.experiments.temporal.next_interests import measure_next_interests
from training.experiments.temporal.taste_groups import TasteGroups, fit_taste_groups
from training.experiments.temporal.temporal_split import TemporalSplit
from training.simulation.user_sets import UserSet

DAYS = st.lists(st.integers(0, 12), min_size=1, max_size=40).map(sorted)


def _set(days: list[int], user: int = 0) -> UserSet:
    photos = np.arange(len(days), dtype=np.int32)
    return UserSet(user, photos, np.array(days, np.int32))


@given(DAYS)
def test_nothing_of_the_later_part_is_seen(days: list[int]) -> None:
    split = split_by_time([_set(days)])
    if not split.earlier:
        assert len(set(days)) == 1 and split.excluded == 1
        return
    ((earlier,), (later,)) = split.earlier, split.later
    # Every earlier day is before every later one, so a day is never divided.
    assert earlier.days.max() < later.days.min()
    assert np.concatenate([earlier.photos, later.photos]).tolist() == list(
        range(len(days))
    )
    assert len(earlier.photos) and len(later.photos)


@given(DAYS)
def test_no_other_cut_between_days_is_nearer_to_half(days: list[int]) -> None:
    split = split_by_time([_set(days)])
    for earlier in split.earlier:
        cuts = [i for i in range(1, len(days)) if days[i - 1] < days[i]]
        nearest = min(abs(cut - len(days) / 2) for cut in cuts)
        assert abs(len(earlier.photos) - len(days) / 2) == nearest


@given(DAYS, st.integers(0, 1000))
def test_what_comes_later_does_not_move_what_is_known(days: list[int], by: int) -> None:
    """The same days moved on in time, or later photos taken later, cut the same."""
    split = split_by_time([_set(days)])
    if split.earlier:
        cut = len(split.earlier[0].photos)
        moved = days[:cut] + [day + by for day in days[cut:]]
        assert len(split_by_time([_set(moved)]).earlier[0].photos) == cut


def test_histories_of_one_day_or_without_dates_are_excluded() -> None:
    sets = [_set([3, 3, 3], 0), _set([-1, -1, -1], 1), _set([], 2), _set([1, 2], 3)]
    split = split_by_time(sets)
    assert split.excluded == 3
    assert [one.user for one in split.later] == [3]


def _people(seed: int, users: int, tastes: np.ndarray) -> TemporalSplit:
    """Each takes from one group of taste, five things before and five after."""
    random = np.random.default_rng(seed)
    rows = tastes[random.integers(0, len(tastes), users)]
    shape = (2, users, tastes.shape[1])
    earlier, later = random.random(shape) < 1 - (1 - rows) ** 5
    evidence = np.clip(earlier * 0.9 + random.random(earlier.shape) * 0.1, 0, 1)
    return TemporalSplit(earlier, later, {"evidence": evidence.astype(np.float32)}, 7)


@pytest.fixture(scope="module")
def tastes() -> np.ndarray:
    return np.random.default_rng(0).dirichlet(np.full(40, 0.15), 4)


def test_groups_of_taste_are_found_again(tastes: np.ndarray) -> None:
    counts = np.random.default_rng(1).multinomial(30, tastes[np.arange(2000) % 4])
    found = fit_taste_groups(counts.astype(float), 4, 0.1).tastes
    assert np.allclose(found.sum(axis=1), 1, atol=1e-5)
    distance = np.abs(tastes[:, None] - found[None]).sum(axis=2) / 2
    assert distance.min(axis=1).max() < 0.1
    assert len(set(distance.argmin(axis=1))) == 4


def test_an_unknown_user_gets_the_mean_of_all_groups(tastes: np.ndarray) -> None:
    predicted = TasteGroups(tastes, 0.1).expected(np.zeros((3, 40)))
    np.testing.assert_allclose(
        predicted, np.tile(tastes.mean(axis=0), (3, 1)), rtol=1e-6
    )


def test_memberships_part_all_counts(tastes: np.ndarray) -> None:
    counts = np.random.default_rng(2).random((50, 40))
    parts = TasteGroups(tastes, 0.3).memberships(counts, 20)
    np.testing.assert_allclose(parts.sum(axis=1), counts.sum(axis=1), rtol=1e-4)


def test_co_occurrence_predicts_new_interests_where_there_are_some(
    tastes: np.ndarray,
) -> None:
    cuts = {
        split: _people(seed, users, tastes)
        for seed, (split, users) in enumerate(
            {"train": 1500, "validation": 300, "test": 300}.items()
        )
    }
    measured = measure_next_interests(cuts, tastes)
    new = {
        name: kinds["new"]["map"]["value"] for name, kinds in measured["models"].items()
    }
    assert measured["excluded"] == 7
    assert new["co-occurrence over evidence"] > new["popularity"] + 0.1
    assert new["popularity"] > new["evidence"]
    bound = new["bound: true categories, the simulator's own groups"]
    assert bound >= new["co-occurrence over evidence"] - 0.02


def test_new_interests_are_ranked_among_those_not_seen() -> None:
    earlier = np.array([[True, False, False]])
    later = np.array([[True, True, False]])
    cut = TemporalSplit(earlier, later, {}, 0)
    found = cut.precision(np.array([[0.9, 0.5, 0.1]]))
    assert found["new"].tolist() == [1.0] and found["all"].tolist() == [1.0]
    assert np.isnan(
        TemporalSplit(earlier, earlier, {}, 0).precision(np.ones((1, 3)))["new"]
    )


def test_ease_and_blends_tell_more_than_popularity(tastes: np.ndarray) -> None:
    sizes = {"train": 1500, "validation": 300, "test": 300}
    cuts = {
        name: _people(i, size, tastes) for i, (name, size) in enumerate(sizes.items())
    }
    models = next_interest_models(cuts, "evidence", None, seed=0)
    predicted = {}
    for name in ("popularity", EASE, f"evidence -> ridge and {CO_OCCURRENCE}"):
        best = best_setting(cuts["validation"], models[name], "new")
        predicted[name] = cuts["test"].mean_precision(models[name][best][1], "new")
    popularity, *others = predicted.values()
    assert min(others) > popularity + 0.1


def test_ease_does_not_tell_a_category_by_itself(tastes: np.ndarray) -> None:
    random = np.random.default_rng(3)
    # Categories that have nothing to do with one another.
    earlier, later = random.random((2, 400, 12)) < 0.3
    cut = TemporalSplit(earlier, later, {"evidence": earlier.astype(np.float32)}, 0)
    cuts = dict.fromkeys(("train", "validation", "test"), cut)
    models = next_interest_models(cuts, "evidence", None, seed=0)
    scores = models[EASE]["penalty 1000, seen 0"][1]
    assert abs(np.corrcoef(scores.ravel(), earlier.ravel())[0, 1]) < 0.3
