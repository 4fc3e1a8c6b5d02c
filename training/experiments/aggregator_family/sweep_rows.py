"""Selection among the finished trials of the sweep."""

from collections.abc import Mapping, Sequence
from typing import Any

from training.experiments.aggregator_family.plan import FINE_TUNED

Row = Mapping[str, Any]
Rows = Sequence[Row]


def chosen(rows: Rows, **wanted: Any) -> list[Row]:
    """The runs with the wanted values."""
    return [row for row in rows if all(row[k] == v for k, v in wanted.items())]


def members(rows: Rows) -> list[str]:
    """The networks, in the order of their first runs."""
    return list(dict.fromkeys(row["member"] for row in rows))


def best_weight(rows: Rows, member: str, **wanted: Any) -> float | None:
    """The positive weight that is best for a network on validation users."""
    found = chosen(rows, member=member, **wanted)
    if not found:
        return None
    return float(max(found, key=lambda row: row["validation_map"])["weight"])


def at_best(rows: Rows, member: str, **wanted: Any) -> list[Row]:
    """Runs of a network at the weight that is best for it on validation users."""
    weight = best_weight(rows, member, **wanted)
    return chosen(rows, member=member, weight=weight, **wanted)


def seeds(rows: Rows, member: str, features: str = FINE_TUNED) -> list[Row]:
    """Trainings of a network in the first scenario, at its best positive weight."""
    return at_best(rows, member, scenario=1, features=features)
