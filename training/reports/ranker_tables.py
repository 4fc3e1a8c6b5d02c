"""Tables of the comparison of rankers."""

from collections.abc import Mapping
from typing import Any

from training.evaluation.ranking import METRICS
from training.rankers.data import GROUPS
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
    rows = []
    for name, one in compared["rankers"].items():
        found = one["metrics"][protocol].get(group)
        if found:
            rows.append([name, *(_cell(found, metric) for metric in metrics)])
    users = next(iter(compared["rankers"].values()))["metrics"][protocol][group]
    title = f"{GROUP_TITLES[group]}: {users['users']:,} in the test"
    return Table(title, ["ranker", *metrics], rows)


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
        "Time and size", ["ranker", "training", "scoring, a user", "size"], rows
    )


def _cell(found: Mapping[str, Any], metric: str) -> str:
    if metric not in found:
        return "–"
    if metric in WITH_INTERVAL:
        return with_interval(found[metric])
    return f"{found[metric]['value']:.4f}"
