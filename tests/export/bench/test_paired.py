"""Ratios within turns, and fitted exponents."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from export.bench.paired import exponent, in_turns, ratio

POSITIVE = st.floats(1e-3, 1e3)


def test_each_work_runs_once_a_turn_in_alternating_order() -> None:
    ran: list[str] = []
    works = {name: (lambda name=name: ran.append(name)) for name in "ab"}
    seconds = in_turns(works, turns=3, warm_up=1)
    assert "".join(ran) == "abbaabba"
    assert {name: len(times) for name, times in seconds.items()} == {"a": 3, "b": 3}
    ran.clear()
    in_turns(works, turns=1, warm_up=0, before=lambda: ran.append("-"))
    assert "".join(ran) == "-b-a"


@given(st.lists(POSITIVE, min_size=1), POSITIVE, POSITIVE)
def test_a_slow_turn_does_not_change_the_ratio(
    turns: list[float], share: float, load: float
) -> None:
    ours = [share * seconds for seconds in turns]
    quiet = ratio(ours, turns)
    assert quiet["value"] == pytest.approx(share)
    assert quiet["low"] <= quiet["value"] * 1.001 and quiet["turns"] == len(turns)
    loaded = ratio([load * ours[0], *ours[1:]], [load * turns[0], *turns[1:]])
    assert loaded["value"] == pytest.approx(share)


@given(st.floats(-1, 3), POSITIVE)
def test_the_exponent_of_a_power_is_found(power: float, first: float) -> None:
    sizes = [10, 100, 1000]
    costs = [first * size**power for size in sizes]
    np.testing.assert_allclose(exponent(sizes, costs), power, atol=1e-6)


def test_what_cannot_be_compared_is_named() -> None:
    with pytest.raises(ValueError, match="same turns, received 1 and 2"):
        ratio([1.0], [1.0, 2.0])
    with pytest.raises(ValueError, match=r"two or more .* received \[10\]"):
        exponent([10], [1.0])
