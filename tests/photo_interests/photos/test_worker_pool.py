"""Every item gets an outcome, whatever becomes of the processes."""

import multiprocessing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from photo_interests.photos import worker_pool
from photo_interests.photos.worker_pool import Failure, WorkerPool
from tests.photo_interests.photos.worker_functions import (
    end_at_once,
    nothing,
    sleep_for_ever,
    work,
)

FOR_EVER = 10_000.0
MIX = [("square", 3), ("die", 0), ("sleep", FOR_EVER)]


def pool(processes=2, limit_s=FOR_EVER):
    return WorkerPool(processes, work, nothing, (), limit_s)


def test_every_item_once():
    items = [("square", number) for number in range(50)]
    outcomes = list(pool(3).map(items))
    assert sorted(outcomes) == [(n, n * n) for n in range(50)]
    assert multiprocessing.active_children() == []


def test_nothing_to_do_starts_nothing():
    assert list(pool().map([])) == []


def test_what_a_worker_raises_is_raised_here():
    with pytest.raises(ValueError, match="said so"):
        list(pool().map([("square", 1), ("raise", "said so"), ("square", 2)]))
    assert multiprocessing.active_children() == []


def test_what_kills_twice_is_named_and_the_others_are_done(tmp_path):
    items = [("square", 1), ("die", 0), ("square", 2), ("die once", tmp_path / "a")]
    outcomes = dict(pool().map([*items, *(("square", n) for n in range(20))]))
    assert outcomes[1] is Failure.CRASHED
    assert outcomes[3] == "die once"
    assert [outcomes[n] for n in (0, 2)] == [1, 4]
    assert len(outcomes) == 24


def test_what_is_slow_is_ended_and_the_others_are_done():
    items = [("sleep", FOR_EVER), *(("square", n) for n in range(20))]
    outcomes = dict(pool(1, limit_s=1.0).map(items))
    assert outcomes[0] is Failure.TIMED_OUT
    assert [outcomes[n + 1] for n in range(20)] == [n * n for n in range(20)]


def test_the_limit_is_for_each_item_not_for_all():
    outcomes = list(pool(1, limit_s=2.0).map([("sleep", 0.4)] * 8))
    assert sorted(outcomes) == [(n, "sleep") for n in range(8)]


def test_processes_that_cannot_start_end_it():
    broken = WorkerPool(2, work, end_at_once, (), FOR_EVER)
    with pytest.raises(OSError, match="cannot start: .* exit code 3"):
        list(broken.map([("square", 1)] * 5))


def test_processes_that_hang_while_they_start_end_it(monkeypatch):
    monkeypatch.setattr(worker_pool, "START_LIMIT_S", 0.2)
    hanging = WorkerPool(2, work, sleep_for_ever, (), FOR_EVER)
    with pytest.raises(OSError, match="cannot start: .* exit code -9"):
        list(hanging.map([("square", 1)] * 5))
    assert multiprocessing.active_children() == []


def test_leaving_early_ends_the_workers_at_once():
    outcomes = pool(2).map([("square", 3), *[("sleep", FOR_EVER)] * 4])
    assert next(outcomes) == (0, 9)
    outcomes.close()
    assert multiprocessing.active_children() == []


@settings(max_examples=5)
@given(
    st.lists(
        st.sampled_from([("square", 3), ("die", 0), ("sleep", FOR_EVER)]), max_size=6
    ),
    st.integers(1, 3),
)
def test_any_mix_is_accounted_for(items, processes):
    outcomes = dict(pool(processes, limit_s=0.5).map(items))
    expected = {"square": 9, "die": Failure.CRASHED, "sleep": Failure.TIMED_OUT}
    assert outcomes == {n: expected[what] for n, (what, _) in enumerate(items)}
