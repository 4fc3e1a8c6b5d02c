import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photo_interests.photos.events import event_weights

VECTORS = Path(__file__).parents[2] / "contract" / "event_weights.json"
CASES = json.loads(VECTORS.read_text(encoding="utf-8"))["cases"]
START = datetime(2026, 6, 15, 11, 55, tzinfo=UTC)


def _taken(milliseconds):
    if milliseconds is None:
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_shared_vectors(case):
    taken = [_taken(each) for each in case["taken_ms"]]
    weights = event_weights(taken, case["gap_minutes"])
    assert weights.dtype == np.float32
    np.testing.assert_allclose(weights, case["weights"], rtol=1e-6)


times = st.none() | st.datetimes(
    datetime(1990, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)
)


@given(st.lists(times, max_size=30), st.integers(1, 60), st.randoms())
def test_each_event_weighs_one_in_any_order(taken, gap, random):
    weights = event_weights(taken, gap)
    dated = sorted(t for t in taken if t is not None)
    pairs = list(zip(dated, dated[1:], strict=False))
    events = bool(dated) + sum(
        later - earlier > timedelta(minutes=gap) or later.month != earlier.month
        for earlier, later in pairs
    )
    assert weights.sum() == pytest.approx(events + taken.count(None), abs=1e-4)
    order = list(range(len(taken)))
    random.shuffle(order)
    shuffled = event_weights([taken[index] for index in order], gap)
    np.testing.assert_array_equal(shuffled, weights[order])


def test_clock_times_are_those_of_this_computer(monkeypatch):
    local = START.astimezone().replace(tzinfo=None)
    weights = event_weights([local, START + timedelta(minutes=5)], 10)
    np.testing.assert_array_equal(weights, [0.5, 0.5])
