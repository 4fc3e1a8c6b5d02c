"""Times of several ways to do one thing, in turns, so that other load falls on all."""

import math
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

Work = Callable[[], object]
WARM_UP = 2


@dataclass(frozen=True)
class Settings:
    """What the bench reads, and how often it times.

    Attributes:
        bundle: Bundle whose models are timed.
        data: Folder of the reference extractor.
        features: Feature set with its users.
        quick: Whether each thing is timed once only.
    """

    bundle: Path
    data: Path
    features: Path
    quick: bool

    def turns(self, number: int) -> int:
        """Number of turns of a thing that is timed `number` times otherwise."""
        return 1 if self.quick else number


def in_turns(
    works: Mapping[str, Work],
    turns: int,
    warm_up: int = WARM_UP,
    before: Work = lambda: None,
) -> dict[str, list[float]]:
    """Time each work once a turn, in an order that is reversed every second turn.

    Args:
        works: By name.
        turns: Times each is timed.
        warm_up: Turns before the clock starts.
        before: Done before each, and not timed: what it leaves in the processor's
            caches is then the same for all.

    Returns:
        Seconds by name, one for each turn.
    """
    seconds: dict[str, list[float]] = {name: [] for name in works}
    for turn in range(-warm_up, turns):
        for name in list(works) if turn % 2 else list(works)[::-1]:
            before()
            started = time.perf_counter()
            works[name]()
            spent = time.perf_counter() - started
            if turn >= 0:
                seconds[name].append(spent)
    return seconds


def ratio(seconds: Sequence[float], reference: Sequence[float]) -> dict[str, Any]:
    """Compare two ways by the ratios within their turns.

    Args:
        seconds: Of one way, by turn.
        reference: Of the other, in the same turns.

    Returns:
        `value`, the median of seconds / reference, `low` and `high`, its quartiles,
        `turns`, and the median milliseconds of both: `milliseconds` and
        `reference_milliseconds`.

    Raises:
        ValueError: They differ in number, or there is none.
    """
    if len(seconds) != len(reference) or not seconds:
        raise ValueError(
            "ratio: expected the times of the same turns, received "
            f"{len(seconds)} and {len(reference)}"
        )
    low, median, high = np.quantile(np.divide(seconds, reference), (0.25, 0.5, 0.75))
    return {
        "value": float(median),
        "low": float(low),
        "high": float(high),
        "turns": len(seconds),
        "milliseconds": 1000 * float(np.median(seconds)),
        "reference_milliseconds": 1000 * float(np.median(reference)),
    }


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """Fit costs ~ size ** exponent by least squares on logarithms.

    Raises:
        ValueError: Fewer than two sizes, or a size or cost that is not positive.
    """
    if len(set(sizes)) < 2 or min(*sizes, *costs) <= 0:
        raise ValueError(
            "exponent: expected two or more positive sizes and costs, received "
            f"{list(sizes)} and {list(costs)}"
        )
    logs = [math.log(size) for size in sizes]
    return float(np.polyfit(logs, np.log(costs), 1)[0])
