"""Tables of the comparison of rankers."""

from collections.abc import Mapping
from typing import Any

from training.experiments.recommenders.data import GROUPS
from training.experiments.recommenders.ranking import METRICS
from training.reports.table import Table, with_interval

GROUP_TITLES = {
    "warm": "warm users (five or more interactions)",
    "few": "users of few interactions (one to four)",
    "new": "new users (photos alone)",
}
WITH_INTERVAL = ("AUC", "nDCG@20")


def main_tables(compared: Mapping[str, Any]) -> list[Table]:
    """One table per group of users: every ranker and metric, the whole catalogue."""
    return [
        _group_table(compared, group)
        for group in GROUPS
        if group in compared["data"]["groups"]
    ]


def _group_table(compared: Mapping[str, Any], group: str) -> Table:
    found = {
        name: one["metrics"]["catalogue"][group]
        for name, one in compared["rankers"].items()
    }
    rows = [[name, *(_cell(one, m) for m in METRICS)] for name, one in found.items()]
    users = next(iter(found.values()))["users"]
    return Table(
        f"{GROUP_TITLES[group]}: {users:,} test users", ["ranker", *METRICS], rows
    )


def _cell(found: Mapping[str, Any], metric: str) -> str:
    if metric not in found:
        return "–"
    if metric in WITH_INTERVAL:
        return with_interval(found[metric])
    return f"{found[metric]['value']:.4f}"
