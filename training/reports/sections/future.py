"""How well earlier photos tell later interests."""

from collections.abc import Iterator, Mapping
from typing import Any

from training.reports.measurement import Measurement
from training.reports.sections.section import Section
from training.reports.table import Table, with_interval


def future_tables(values: Mapping[str, Any]) -> Iterator[Table]:
    """One table a world: MAP of all later interests and of those not seen before."""
    for world, measured in values["worlds"].items():
        rows = [
            [
                name,
                with_interval(kinds["all"]["map"]),
                with_interval(kinds["new"]["map"]),
                with_interval(kinds["new"]["above_ridge"]),
                kinds["new"]["setting"],
            ]
            for name, kinds in measured["models"].items()
        ]
        title = (
            f"{world}: {measured['users']:,} users, {measured['with_new']:,} with new "
            f"interests, {measured['left_out']:,} left out"
        )
        columns = [
            "told from the earlier photos", "all later interests, MAP",
            "interests not seen before, MAP", "above ridge over evidence",
            "setting, chosen on validation users",
        ]  # fmt: skip
        yield Table(title, columns, rows)


def future(measurement: Measurement) -> str:
    """What the second protocol is, and its tables."""
    return (
        "In all tables above, as in the sources, the true interests are the categories "
        "of the very photos shown. A recommender needs more: here each history is cut "
        "between two days near its half, the photos of the earlier part are shown, and "
        "the categories of the later part are to be told: all of them, and, ranked "
        "among the categories that no earlier photo shows, those not seen before. "
        "These users are simulated: their interests are drawn from groups of taste, "
        "which is what the co-occurrence model assumes, so that it is favoured. The "
        "real contributors' photos have no dates. The bound knows the simulator's own "
        "groups and the true categories of the earlier photos; where it is hardly "
        "above popularity, a world holds hardly anything to be told of new interests, "
        "and no model can show that it would tell it. It is no strict bound: its "
        "concentration is chosen on validation users, it knows nothing of drift, and "
        "a regression can come out above it. A penalty of 10000 and a concentration of "
        "1 are the ends of what was tried, and both mean: nearly popularity. Photo "
        "evidence was trained anew for this, by its config; it is not the released "
        "bundle's.\n\n"
        + "\n".join(table.markdown() for table in future_tables(measurement.values))
    )


SECTIONS = (Section("Interests that come later", "future", future),)
