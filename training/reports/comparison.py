"""The aggregators side by side, scenario by scenario."""

from collections.abc import Mapping
from typing import Any

from training.reports.table import Table, with_interval

Values = Mapping[str, Any]
"""What `compare` returns."""
SUMMARY = {
    "map": "MAP",
    "ndcg@10": "nDCG@10",
    "micro_f1": "micro F1",
    "macro_f1": "macro F1",
    "false_interests": "false positives per user",
    "any_false_interest": "users with a false positive",
    "calibration_error": "ECE",
}


def scenarios_of(values: Values) -> list[str]:
    """The scenarios of a comparison, in order."""
    return list(next(iter(values["aggregators"].values()))["scenarios"])


def scenario_title(values: Values, scenario: str) -> str:
    """Say who the users of a scenario are and how many."""
    measured = next(iter(values["aggregators"].values()))["scenarios"][scenario]
    return f"{measured['users']:,} {measured['title']}"


def summary_table(values: Values, scenario: str) -> Table:
    """Ranking, decisions and calibration of each aggregator, with intervals."""
    metrics = {
        name: one["scenarios"][scenario]["metrics"]
        for name, one in values["aggregators"].items()
    }
    known = [m for m in SUMMARY if m in next(iter(metrics.values()))]
    rows = [
        [
            name,
            f"{values['aggregators'][name]['parameters']:,}",
            *(with_interval(numbers[metric], _digits(metric)) for metric in known),
        ]
        for name, numbers in metrics.items()
    ]
    columns = ["aggregator", "parameters", *(SUMMARY[metric] for metric in known)]
    return Table(scenario_title(values, scenario), columns, rows)


def difference_table(values: Values) -> Table:
    """MAP of each aggregator less that of the reference, on the same users."""
    differences = values["map_differences"]
    scenarios = [
        w for w in scenarios_of(values) if any(w in d for d in differences.values())
    ]
    rows = [
        [
            name,
            *(
                f"{d['value']:+.3f} ({d['low']:+.3f} to {d['high']:+.3f})"
                for d in (by_scenario[scenario] for scenario in scenarios)
            ),
        ]
        for name, by_scenario in differences.items()
    ]
    title = f"MAP less that of {values['reference']}, paired over users"
    return Table(title, ["aggregator", *scenarios], rows)


def comparison_tables(values: Values) -> list[Table]:
    """Everything for the terminal: a summary of each scenario and the differences."""
    tables = [summary_table(values, scenario) for scenario in scenarios_of(values)]
    return [*tables, difference_table(values)] if values["map_differences"] else tables


def _digits(metric: str) -> int:
    return {"false_interests": 2, "calibration_error": 4}.get(metric, 3)
