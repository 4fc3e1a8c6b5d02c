"""Where the published scenarios do not look."""

from typing import Any

from training.experiments.results.sections.section import Section
from training.reports.measurement import Measurement
from training.reports.table import Table, with_interval

TITLES = {
    "photos": (
        "photos",
        "Number of photos: random parts of simulated galleries of 4,096, 70 % of no "
        "interest",
    ),
    "none_share": (
        "of no interest",
        "Share of photos of no interest, among 100 photos of 10 simulated interests",
    ),
    "altered": ("photos", "Simulated users all of whose photos are altered"),
    "drawn": (
        "people",
        "Simulated people who show drawn pictures alone, of kinds never seen",
    ),
}


def robustness(measurement: Measurement) -> str:
    """A table for each part: MAP, false interests and calibration error."""
    values = measurement.values
    tables = [
        _table(TITLES[part][1], TITLES[part][0], values[part]).markdown()
        for part in TITLES
    ]
    kinds = values["drawn_kinds"]
    names = list(next(iter(kinds.values())))
    rows = [[kind, *(f"{one[n]:.0f}" for n in names)] for kind, one in kinds.items()]
    title = "False interests of a person who shows pictures of one drawn kind alone"
    return (
        "No network was trained on altered or drawn pictures. Every photo of a user is "
        "altered at once, in the same way; galleries of 4,096 show the photos of their "
        "split many times, which counts the same evidence again and again. Drawn "
        "kinds are the project's own (`training/nothing/`): screens, papers, "
        "surfaces, and photos ruined beyond recognition.\n\n"
        "![MAP, F1 and false interests by number of photos and by share of photos of "
        "no interest](figures/robustness.svg)\n\n"
        + "\n".join(tables)
        + "\n"
        + Table(title, ["kind", *names], rows).markdown()
    )


def _table(title: str, first: str, cases: dict[str, Any]) -> Table:
    rows = []
    for case, by_name in cases.items():
        for name, metrics in by_name.items():
            cells = [
                with_interval(metrics[metric], digits) if metric in metrics else ""
                for metric, digits in (
                    ("map", 3),
                    ("false_interests", 2),
                    ("micro_f1", 3),
                    ("calibration_error", 4),
                )
            ]
            rows.append([case, name, *cells])
    columns = [first, "aggregator", "MAP", "false interests a user", "micro F1", "ECE"]
    return Table(title, columns, rows)


SECTIONS = (Section("Robustness", "robustness", robustness),)
