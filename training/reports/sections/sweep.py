"""The family as the sweep trained it: weights, seeds, worlds and features."""

from training.reports.measurement import Measurement
from training.reports.sections.section import Section
from training.reports.sweep_rows import (
    Rows,
    at_best,
    average,
    chosen,
    members,
    seeds,
    spread,
    value,
)
from training.reports.table import Table
from training.sweep.plan import FINE_TUNED, FROZEN, WEIGHTS
from training.users.worlds import CONTRIBUTORS, gallery

METRICS = {
    "map": "MAP",
    "ndcg@10": "nDCG@10",
    "precision@5": "P@5",
    "recall@5": "R@5",
    "thresholded_f1@15": "F1@15 above .5",
    "false_interests": "false interests",
    "calibration_error": "ECE",
}
LATER = {"all": "later interests, MAP", "new": "not seen before, MAP"}
OTHERS = {gallery(100): "galleries of 100", CONTRIBUTORS: "contributors"}


def sweep(measurement: Measurement) -> str:
    """The family's table, positive weights, worlds, fine-tuned and frozen features."""
    values = measurement.values
    limits = values["limits"]
    rows = values["runs"]
    parts = [
        f"{len(rows)} runs, in several sittings (the command goes on where it was "
        "stopped; what is missing below was not run), "
        f"of at most {limits['epochs']} epochs over "
        f"{limits['users']:,} simulated users, ended after {limits['patience']} epochs "
        "without a better validation MAP: less than the published networks above had, "
        "so levels are lower, and a network that learns slowly is behind. Weights are "
        "chosen on validation users. Numbers are of test users; where a network was "
        "trained with several seeds, the mean and, in parentheses, the least and the "
        "most of them. Photo evidence learns from photos and validation users as "
        f"above{', without the search of its settings' if limits['quick'] else ''}. "
        "The last two columns of the family's table are the second protocol: told "
        "from the earlier photos of a history alone, by what the network says of them "
        "and nothing more.\n",
        _weights_table(rows, "validation_map", "Validation MAP").markdown(),
        _weights_table(
            rows, "thresholded_f1@15", "F1@15 above .5 of test users"
        ).markdown(),
        _family_table(rows).markdown(),
        _worlds_table(rows).markdown(),
    ]
    if any(row["features"] == FROZEN for row in rows):
        parts.append(_features_table(rows).markdown())
    if any("curves" in row for row in rows):
        parts.append("![the family: curves](figures/family.svg)\n")
    return "\n".join(parts)


def _weights_table(rows: Rows, metric: str, title: str) -> Table:
    first = chosen(rows, seed=1, world=1, features=FINE_TUNED)
    by_member: dict[str, dict[float, float]] = {}
    for row in first:
        told = row[metric] if metric in row else value(row, metric)
        by_member.setdefault(row["member"], {})[row["weight"]] = told
    body = [
        [member, *(f"{maps[w]:.3f}" if w in maps else "" for w in WEIGHTS)]
        for member, maps in by_member.items()
        if len(maps) > 1
    ]
    columns = ["positive weight", *(f"{weight:g}" for weight in WEIGHTS)]
    return Table(f"{title} by positive weight", columns, body)


def _family_table(rows: Rows) -> Table:
    body = []
    for member in members(rows):
        runs = seeds(rows, member)
        if runs:
            cells = [spread([value(r, m) for r in runs]) for m in METRICS]
            cells += [
                spread([r["later"][kind] for r in runs]) if "later" in runs[0] else ""
                for kind in LATER
            ]
            first = [f"{runs[0]['parameters']:,}", f"{runs[0]['weight']:g}"]
            body.append([member, *first, f"{len(runs)}", *cells])
    body.sort(key=lambda cells: cells[4], reverse=True)
    columns = [
        "network", "parameters", "weight", "seeds", *METRICS.values(), *LATER.values(),
    ]  # fmt: skip
    return Table("The family on simulated test users", columns, body)


def _worlds_table(rows: Rows) -> Table:
    """MAP of the first seed in both simulated worlds, and among other users."""
    body = []
    for member in members(rows):
        worlds = [
            at_best(rows, member, seed=1, world=world, features=FINE_TUNED)
            for world in (1, 2)
        ]
        if worlds[0]:
            cells = [f"{average(runs, 'map'):.3f}" if runs else "" for runs in worlds]
            cells += [
                f"{average(worlds[0], 'map', other):.3f}"
                if other in worlds[0][0]["test"]
                else ""
                for other in OTHERS
            ]
            body.append([member, *cells])
    columns = ["network", "world of seed 1", "of seed 2", *OTHERS.values()]
    return Table("MAP of one training in other worlds", columns, body)


def _features_table(rows: Rows) -> Table:
    pairs = {}
    for member in members(rows):
        pair = [
            at_best(rows, member, seed=1, world=1, features=features)
            for features in (FINE_TUNED, FROZEN)
        ]
        if all(pair):
            pairs[member] = [average(runs, "map") for runs in pair]
    places = [
        sorted(pairs, key=lambda member: -pairs[member][i])
        for i in range(len(pairs) and 2)
    ]
    body = []
    for member, maps in pairs.items():
        ranks = (str(place.index(member) + 1) for place in places)
        told = (f"{one:.3f}" for one in maps)
        body.append(
            [member, *(cell for both in zip(told, ranks, strict=True) for cell in both)]
        )
    columns = ["network", "fine-tuned features", "place", "frozen features", "place"]
    return Table("MAP of one seed, before and after fine-tuning", columns, body)


SECTIONS = (Section("The sources' family", "sweep", sweep),)
