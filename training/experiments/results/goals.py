"""What the project set out to reach, held against what was measured."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from training.reports.measurement import Measurement
from training.reports.table import Table


@dataclass(frozen=True)
class Goal:
    """A bound on one measured number.

    Attributes:
        text: What is bounded.
        measurement: Name of the measurement that holds the number.
        keys: Way to the number inside its values; ending in a dictionary of value, low
            and high, the interval is shown too.
        bound: The number must not be on the wrong side of it.
        at_least: Whether the bound is a lower one.
    """

    text: str
    measurement: str
    keys: tuple[str | int, ...]
    bound: float
    at_least: bool

    def row(self, measurements: Mapping[str, Measurement]) -> list[str]:
        """Cells: goal, bound, measured with interval, whether it is met."""
        bound = f"{'≥' if self.at_least else '≤'} {self.bound:g}"
        found = self._find(measurements)
        if found is None:
            return [self.text, bound, "", "not measured"]
        value = found["value"] if isinstance(found, dict) else found
        measured = f"{value:.4g}"
        if isinstance(found, dict):
            measured += f" ({found['low']:.4g} to {found['high']:.4g})"
        met = value >= self.bound if self.at_least else value <= self.bound
        return [self.text, bound, measured, "met" if met else "**not met**"]

    def _find(self, measurements: Mapping[str, Measurement]) -> Any:
        """The number or its interval; None where it was not measured."""
        if self.measurement not in measurements:
            return None
        found: Any = measurements[self.measurement].values
        try:
            for key in self.keys:
                found = found[key]
        except (KeyError, IndexError):
            return None
        return found


def _map(aggregator: str, scenario: str, bound: float, text: str) -> Goal:
    way = ("aggregators", aggregator, "worlds", scenario, "metrics", "map")
    return Goal(f"MAP of {aggregator}, {text}", "aggregators", way, bound, True)


def _app(measurement: str, what: str, bound: float, text: str) -> Goal:
    return Goal(text, measurement, ("measured", what), bound, False)


WHOLE_PACKAGE = "whole package, bytes"
START = "profile at a start of the app, ms"
LISTING = "listing and comparing all, ms"
RESCAN = "rescan of an unchanged gallery, ms"
HEAP = "peak heap above idle, MB"
USERS_GOAL = 0.94
ACCURACY = ("sources", "all", "difference")
GOALS = (
    Goal(
        "top-1 of the int8 extractor less that of the float one",
        "extractor-accuracy", (*ACCURACY, "int8"), -0.005, True,
    ),
    Goal(
        "top-1 of the frozen features' probe less that of the fine-tuned ones",
        "extractor-accuracy", (*ACCURACY, "frozen"), 0.0, False,
    ),
    Goal(
        "mean cosine of float and int8 features",
        "extractor-accuracy", ("cosine", "mean"), 0.99, True,
    ),
    Goal(
        "smallest cosine of float and int8 features",
        "extractor-accuracy", ("cosine", "minimum"), 0.975, True,
    ),
    Goal(
        "median latency of the int8 extractor over that of the reference, 1 thread",
        "extractor-latency", ("comparisons", 0, "ratio"), 0.5, False,
    ),
    Goal(
        "the same, 2 threads",
        "extractor-latency", ("comparisons", 1, "ratio"), 0.5, False,
    ),
    _map("photo_evidence", "users", USERS_GOAL, "simulated users of seed 1"),
    _map("photo_evidence", "contributors", 0.88, "real contributors"),
    _map("photo_evidence", "gallery-500", 0.88, "simulated galleries of 500 photos"),
    Goal(
        "AUC of VBPR on new items of a drawn scenario with a planted preference",
        "rankers", ("planted", "VBPR", "warm", "AUC"), 0.9, True,
    ),
    Goal(
        "the same of DVBPR",
        "rankers", ("planted", "DVBPR", "warm", "AUC"), 0.9, True,
    ),
    Goal(
        "nDCG@20 of ours less the nearest photo's, simulated brand-new users",
        "rankers", ("temporal", "differences", "nearest to a photo", "new"), 0.0, True,
    ),
    Goal(
        "the same less that of VBPR folded in from photos",
        "rankers",
        ("temporal", "differences", "VBPR, K 50, folded in from photos", "new"),
        0.0, True,
    ),
    Goal(
        "photos a second of predict over those of the plain loop",
        "predict-throughput", ("ratio",), 3.0, True,
    ),
    _app("app-package", WHOLE_PACKAGE, 12 * 2**20, "bytes of the app's package"),
    _app("app-clean-build", "minutes", 30, "minutes of the app's build, caches empty"),
    _app("app-gallery", START, 1000, "ms to the first interests of a large gallery"),
    _app("app-gallery", RESCAN, 2000, "ms to rescan an unchanged large gallery"),
    _app("app-gallery", LISTING, 2000, "ms to list and compare a large gallery"),
    _app("app-gallery", HEAP, 64, "MB of heap above idle in a large gallery"),
    Goal(
        "cosine distance of the app's features to Python's, the largest of all photos",
        "app-parity", ("maximum",), 0.005, False,
    ),
    Goal(
        "photos that a second scan by the app opens",
        "app-scan", ("measured", "photos opened by the second scan"), 0, False,
    ),
)  # fmt: skip


def goals_table(measurements: Mapping[str, Measurement]) -> Table:
    """All goals, one a row."""
    rows = [goal.row(measurements) for goal in GOALS]
    return Table(
        "Asked for and measured", ["goal", "bound", "measured", "result"], rows
    )
