"""Tables of the comparison of rankers."""

from collections.abc import Mapping
from typing import Any

from training.experiments.recommenders.data import GROUPS
from training.experiments.recommenders.ranking import METRICS
from training.reports.table import Table, with_interval

GROUP_TITLES = {
    "warm": "warm users (five or more interactions)",
    "few": "users of few interactions (one to four)",
    "new": "brand-new users (photos alone)",
}
WITH_INTERVAL = ("AUC", "nDCG@20")


def main_tables(compared: Mapping[str, Any]) -> list[Table]:
    """One table a group of users: every ranker, every metric, the whole catalogue."""
    return [
        group_table(compared, group, "catalogue", METRICS)
        for group in GROUPS
        if group in compared["data"]["groups"]
    ]


def group_table(
    compared: Mapping[str, Any], group: str, protocol: str, metrics: tuple[str, ...]
) -> Table:
    """Rankers by metrics, for the users of one group."""
    found = {
        name: one["metrics"][protocol][group]
        for name, one in compared["rankers"].items()
    }
    rows = [
        [name, *(_cell(one, metric) for metric in metrics)]
        for name, one in found.items()
    ]
    users = next(iter(found.values()))["users"]
    return Table(
        f"{GROUP_TITLES[group]}: {users:,} in the test", ["ranker", *metrics], rows
    )


def difference_table(compared: Mapping[str, Any]) -> Table:
    """How far ours is above each other ranker in nDCG@20, user by user."""
    groups = [g for g in GROUPS if g in compared["data"]["groups"]]
    rows = [
        [name, *(with_interval(by_group[group]) for group in groups)]
        for name, by_group in compared["differences"].items()
    ]
    return Table(
        "nDCG@20 of ours less that of another ranker, paired by user",
        ["other ranker", *groups],
        rows,
    )


def cost_table(compared: Mapping[str, Any]) -> Table:
    """What it takes to train, to keep and to ask each ranker."""
    rows = [
        [
            name,
            f"{one['fit_seconds']:,.1f} s",
            f"{one['milliseconds_a_user']:.2f} ms",
            f"{one['bytes'] / 2**20:,.2f} MiB",
        ]
        for name, one in compared["rankers"].items()
    ]
    return Table(
        "Time and size",
        ["ranker", "training, wall clock", "scoring a user, processor time", "size"],
        rows,
    )


def _cell(found: Mapping[str, Any], metric: str) -> str:
    if metric not in found:
        return "–"
    if metric in WITH_INTERVAL:
        return with_interval(found[metric])
    return f"{found[metric]['value']:.4f}"
