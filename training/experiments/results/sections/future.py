"""How well earlier photos tell later interests."""

from collections.abc import Iterator, Mapping
from typing import Any

from training.experiments.results.sections.section import Section
from training.reports.measurement import Measurement
from training.reports.table import Table, with_interval

KINDS = {"all": "all later interests", "new": "those not seen before"}


def future_tables(values: Mapping[str, Any]) -> Iterator[Table]:
    """One table a scenario: MAP of all later interests and of those not seen before."""
    for scenario, measured in values["worlds"].items():
        rows = [
            [
                name,
                with_interval(kinds["all"]["map"]),
                with_interval(kinds["all"]["above_ridge"]),
                with_interval(kinds["new"]["map"]),
                with_interval(kinds["new"]["above_ridge"]),
                kinds["new"]["setting"],
            ]
            for name, kinds in measured["models"].items()
        ]
        title = (
            f"{scenario}: {measured['users']:,} users, {measured['with_new']:,} of new "
            f"interests, {measured['left_out']:,} left out"
        )
        columns = [
            "told from the earlier photos",
            "all later interests, MAP", "above ridge over evidence",
            "interests not seen before, MAP", "above ridge over evidence",
            "setting for these, chosen on validation users",
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
        "above popularity, a scenario holds hardly anything on new interests, "
        "and no model can show that it would tell it. It is no strict bound: its "
        "concentration is chosen on validation users, it knows nothing of drift, and "
        "a regression can come out above it. The last scenario is made to have "
        "something to tell, to see whether a model would tell it. Large penalties and "
        "concentrations mean: nearly popularity. EASE is Steck's (2019), learnt from "
        'training users\' categories; "A and B" is a weighted sum of two models, each '
        f"at its best setting.\n\n{_what_it_tells(measurement.values)}\n\n"
        + "\n".join(table.markdown() for table in future_tables(measurement.values))
    )


def _what_it_tells(values: Mapping[str, Any]) -> str:
    """Lists scenarios where a model over evidence beats ridge, and by how much."""
    told = [
        "Beside ridge over evidence, by difference of MAP, the best on the test of "
        "what is learnt from co-occurrence:\n"
    ]
    for scenario, measured in values["worlds"].items():
        kinds = []
        for kind, title in KINDS.items():
            ahead = {
                name: found[kind]["above_ridge"]
                for name, found in measured["models"].items()
                if "over evidence" in name
            }
            if ahead:
                best = max(ahead, key=lambda name: ahead[name]["value"])
                held = "more" if ahead[best]["low"] > 0 else "no more"
                kinds.append(
                    f"{title} {with_interval(ahead[best])} by {best}, "
                    f"{held} than chance explains"
                )
        if kinds:
            told.append(f"- {scenario}: {'; '.join(kinds)}.")
    return "\n".join(told)


SECTIONS = (Section("Interests that come later", "future", future),)
