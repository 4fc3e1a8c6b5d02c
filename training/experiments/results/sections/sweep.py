"""The family as the sweep trained it: weights, seeds, scenarios and features."""

from scipy.stats import spearmanr

from training.experiments.aggregator_family.plan import (
    FINE_TUNED,
    FROZEN,
    OURS,
    WEIGHTS,
)
from training.experiments.aggregator_family.sweep_rows import (
    Rows,
    at_best,
    average,
    chosen,
    members,
    seeds,
    spread,
    value,
)
from training.experiments.results.sections.section import Section
from training.reports.measurement import Measurement
from training.reports.table import Table
from training.simulation.scenario_names import CONTRIBUTORS, USERS, gallery

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
OTHERS = {
    gallery(100): "simulated galleries of 100 photos",
    CONTRIBUTORS: "real contributors",
}


def sweep(measurement: Measurement) -> str:
    """The family's tables: positive weights, scenarios, fine-tuned features."""
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
        _others_table(rows).markdown(),
    ]
    if any(row["scenario"] != 1 for row in rows):
        parts.append(_second_world_table(rows).markdown())
    if any(row["features"] == FROZEN for row in rows):
        parts.append(_features_table(rows).markdown())
    if any("curves" in row for row in rows):
        parts.append("![the family: curves](figures/family.svg)\n")
    return "\n".join(parts)


def _weights_table(rows: Rows, metric: str, title: str) -> Table:
    first = chosen(rows, seed=1, scenario=1, features=FINE_TUNED)
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


def _others_table(rows: Rows) -> Table:
    """MAP of the first seed among users that no training looked at."""
    body = []
    for member in members(rows):
        first = at_best(rows, member, seed=1, scenario=1, features=FINE_TUNED)
        if first:
            cells = [
                f"{average(first, 'map', other):.3f}"
                if other in first[0]["test"]
                else ""
                for other in (USERS, *OTHERS)
            ]
            body.append([member, *cells])
    columns = ["network", "simulated users", *OTHERS.values()]
    return Table("MAP of one training, by who is read", columns, body)


def _second_world_table(rows: Rows) -> Table:
    """MAP of networks that were trained anew among users of a second scenario."""
    body = []
    for member in members(rows):
        pair = [
            at_best(rows, member, seed=1, scenario=scenario, features=FINE_TUNED)
            for scenario in (1, 2)
        ]
        if all(pair):
            body.append([member, *(f"{average(runs, 'map'):.3f}" for runs in pair)])
    columns = ["network", "scenario of seed 1", "scenario of seed 2"]
    return Table("MAP of one training, trained and measured in", columns, body)


def _features_table(rows: Rows) -> Table:
    pairs = {}
    for member in members(rows):
        pair = [
            at_best(rows, member, seed=1, scenario=1, features=features)
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


def scenarios(measurement: Measurement) -> str:
    """MAP of the trained family on users of scenarios of other seeds."""
    maps = {
        name: {seed: one["value"] for seed, one in by_seed.items()}
        for name, by_seed in measurement.values["map"].items()
    }
    own, *others = next(iter(maps.values()))
    in_order = sorted(maps, key=lambda name: -maps[name][own])
    body = [[name, *(f"{v:.3f}" for v in maps[name].values())] for name in in_order]
    kept = [_kept_order(maps, own, other) for other in others]
    columns = ["network", *(f"seed {seed}" for seed in (own, *others))]
    return (
        "The first training of each network of the section above, on the test users "
        "of simulated scenarios in which other categories are popular and tastes group "
        f"otherwise; all were trained in that of seed {own}. The order of the "
        f"{len(maps)} networks there agrees with that in the others by a rank "
        f"correlation (Spearman's) of {', '.join(f'{one:.2f}' for one in kept)}; "
        f"there they lose {_losses(maps, own, others)}. Worlds differ in how hard "
        "their categories are, too: only what training in the other scenario brings "
        "back (the section above has it of seed 2) had been learnt of the population "
        "and not of photos.\n\n"
        + Table("MAP on simulated test users, by scenario", columns, body).markdown()
    )


def _losses(maps: dict[str, dict[str, float]], own: str, others: list[str]) -> str:
    told = []
    for name in (OURS, max(set(maps) - {OURS}, key=lambda name: maps[name][own])):
        if name in maps:
            lost = [maps[name][own] - maps[name][other] for other in others]
            told.append(f"{name} {min(lost):.3f} to {max(lost):.3f} of MAP")
    return ", ".join(told)


def _kept_order(maps: dict[str, dict[str, float]], own: str, other: str) -> float:
    pairs = [(by_seed[own], by_seed[other]) for by_seed in maps.values()]
    return float(spearmanr(*zip(*pairs, strict=True)).statistic)


SECTIONS = (
    Section("The sources' family", "sweep", sweep),
    Section("The sources' family in other scenarios", "family-worlds", scenarios),
)
