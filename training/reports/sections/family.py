"""The sources' family: its sweep, its attention, and how fast it is trained."""

from collections.abc import Mapping, Sequence
from statistics import mean
from typing import Any

from training.reports.measurement import Measurement
from training.reports.sections.section import Section
from training.reports.table import Table
from training.sweep.plan import FINE_TUNED, FROZEN, WEIGHTS

Rows = Sequence[Mapping[str, Any]]
METRICS = {
    "map": "MAP",
    "ndcg@10": "nDCG@10",
    "precision@5": "P@5",
    "recall@5": "R@5",
    "thresholded_f1@15": "F1@15 above .5",
    "false_interests": "false interests",
    "calibration_error": "ECE",
}


def sweep(measurement: Measurement) -> str:
    """The family's table, positive weights, and fine-tuned against frozen features."""
    values = measurement.values
    limits = values["limits"]
    rows = values["runs"]
    parts = [
        f"{len(rows)} runs of at most {limits['epochs']} epochs over "
        f"{limits['users']:,} simulated users, ended after {limits['patience']} epochs "
        "without a better validation MAP; weights chosen on validation users. Numbers "
        "are of test users; where a network was trained with several seeds, the mean "
        "and, in parentheses, the least and the most of them.\n",
        _weights_table(rows).markdown(),
        _family_table(rows).markdown(),
    ]
    if any(row["features"] == FROZEN for row in rows):
        parts.append(_features_table(rows).markdown())
    return "\n".join(parts)


def _chosen(rows: Rows, **wanted: Any) -> list[Mapping[str, Any]]:
    return [row for row in rows if all(row[k] == v for k, v in wanted.items())]


def _weights_table(rows: Rows) -> Table:
    first = _chosen(rows, seed=1, world=1, features=FINE_TUNED)
    by_member: dict[str, dict[float, float]] = {}
    for row in first:
        by_member.setdefault(row["member"], {})[row["weight"]] = row["validation_map"]
    body = [
        [member, *(f"{maps[w]:.3f}" if w in maps else "" for w in WEIGHTS)]
        for member, maps in by_member.items()
        if len(maps) > 1
    ]
    columns = ["positive weight", *(f"{weight:g}" for weight in WEIGHTS)]
    return Table("Validation MAP by positive weight", columns, body)


def _at_best(rows: Rows, member: str, **wanted: Any) -> list[Mapping[str, Any]]:
    """Runs of a member at the weight that is best for it on validation users."""
    found = _chosen(rows, member=member, **wanted)
    if not found:
        return []
    best = max(found, key=lambda row: row["validation_map"])["weight"]
    return [row for row in found if row["weight"] == best]


def _members(rows: Rows) -> list[str]:
    return list(dict.fromkeys(row["member"] for row in rows))


def _family_table(rows: Rows) -> Table:
    body = []
    for member in _members(rows):
        runs = _at_best(rows, member, world=1, features=FINE_TUNED)
        if runs:
            cells = [_spread([r["test"]["users"][m] for r in runs]) for m in METRICS]
            body.append(
                [member, f"{runs[0]['parameters']:,}", f"{runs[0]['weight']:g}", *cells]
            )
    columns = ["network", "parameters", "weight", *METRICS.values()]
    return Table("The family on simulated test users", columns, body)


def _features_table(rows: Rows) -> Table:
    body = []
    for member in _members(rows):
        pair = [
            _at_best(rows, member, seed=1, world=1, features=features)
            for features in (FINE_TUNED, FROZEN)
        ]
        if all(pair):
            maps = [mean(r["test"]["users"]["map"] for r in runs) for runs in pair]
            body.append([member, *(f"{value:.3f}" for value in maps)])
    columns = ["network", "fine-tuned features", "frozen features"]
    return Table("MAP of one seed, before and after fine-tuning", columns, body)


def _spread(values: Sequence[float]) -> str:
    middle = f"{mean(values):.3f}"
    if len(values) == 1:
        return middle
    return f"{middle} ({min(values):.3f} to {max(values):.3f})"


def attention_study(measurement: Measurement) -> str:
    """What keeps two blocks from learning, told by variants that change one thing."""
    values = measurement.values
    variants = values["variants"]
    body = []
    for name, one in variants.items():
        first, last = one["course"][0], one["course"][-1]
        body.append(
            [
                name,
                f"{one['best_map']:.3f}",
                f"{first['score_spread']:.1f}",
                f"{first['photos_seen']:.2f}",
                f"{last['photos_seen']:.2f}",
                f"{first.get('repeats_first', 0):.2f}",
                f"{first['gradient_query']:.1e}",
                f"{first['gradient_head']:.1e}",
            ]
        )
    columns = [
        "variant",
        "best MAP",
        "spread of scores at the start",
        "photos seen at the start",
        "and at the end",
        "second query like r0",
        "gradient of q",
        "gradient of the head",
    ]
    table = Table("Attention along a short training", columns, body)
    return (
        f"Each network is trained for {values['epochs']} epochs on {values['users']:,} "
        "users, with context gating and the hidden layer of 2,048; MAP is of "
        "validation users. Photos seen is the exponential of the entropy of the last "
        "block's weights over the number of photos: 1 if all count alike, and one over "
        f"that number if one counts alone.\n\n{_what_it_tells(variants)}\n\n"
        f"{table.markdown()}\n"
        "![MAP and share of photos looked at, by epoch](figures/attention-study.svg)\n"
    )


def _what_it_tells(variants: Mapping[str, Any]) -> str:
    courses = {name: one["course"] for name, one in variants.items()}
    published = courses["two blocks as published"]
    small = courses["the same, W starts at a hundredth"]
    scaled = courses["scores divided by 32"]
    one_block = courses["one block as published"]
    best = {name: one["best_map"] for name, one in variants.items()}
    two = [name for name in best if not name.startswith("one block")]
    best_two = max(two, key=lambda name: best[name])
    best_one = max(set(best) - set(two), key=lambda name: best[name])
    return (
        "A query of tanh is up to 1 in each of a thousand features, so nothing bounds "
        "the scores. As published they spread within a set by "
        f"{published[0]['score_spread']:.0f} before training and by "
        f"{published[1]['score_spread']:.0f} after an epoch, and the softmax sees "
        f"{published[1]['photos_seen']:.2f} of the photos. Starting W small only "
        f"delays it: {small[0]['photos_seen']:.2f} before training, "
        f"{small[1]['photos_seen']:.2f} after an epoch. Divided by the root of the "
        f"dimension, scores spread by {scaled[-1]['score_spread']:.1f} in the end and "
        f"{scaled[-1]['photos_seen']:.2f} of the photos are seen; one block as "
        f"published sees {one_block[-1]['photos_seen']:.2f}. The best MAP of two "
        f"blocks is {best[best_two]:.3f} ({best_two}), of one block "
        f"{best[best_one]:.3f} ({best_one}), and of the published two "
        f"{best['two blocks as published']:.3f}. Trainings are short: this tells why "
        "they differ, not how good each can become."
    )


def head_throughput(measurement: Measurement) -> str:
    """Users a second in training, against plain Keras on padded batches."""
    networks = measurement.values["networks"]
    one = next(iter(networks.values()))
    body = [
        [name, f"{r['ours']:,.0f}", f"{r['plain']:,.0f}", f"{r['ratio']:.2f}"]
        for name, r in networks.items()
    ]
    columns = ["network", "ours, users a second", "plain Keras", "ratio"]
    return (
        f"The same network, loss, optimiser and {one['users']:,} users, epochs in "
        "turns. Plain is `keras.Model.fit` with its defaults on arrays padded with "
        f"zeros to the longest set, {one['longest']} photos. Twice as fast was asked "
        f"for: {_verdicts(networks)}. The larger the layers after pooling, the less "
        "there is to win: they cost the same however sets are batched.\n\n"
        + Table("Training of networks on sets", columns, body).markdown()
    )


def _verdicts(networks: Mapping[str, Any]) -> str:
    return ", ".join(
        f"{name} {'meets' if one['ratio'] >= 2 else 'misses'} it"
        for name, one in networks.items()
    )


SECTIONS = (
    Section("The sources' family", "sweep", sweep),
    Section("Why two attention blocks fail", "attention-study", attention_study),
    Section("Training of networks on sets", "head-throughput", head_throughput),
)
