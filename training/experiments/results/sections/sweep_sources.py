"""The sources' tables and claims beside the networks that the sweep trained."""

from collections.abc import Callable
from statistics import mean

from training.experiments.aggregator_family.plan import (
    FINE_TUNED,
    FROZEN,
    OURS,
    SOURCES,
)
from training.experiments.aggregator_family.published_numbers import PAPER, POSTER
from training.experiments.aggregator_family.sweep_rows import (
    Rows,
    average,
    members,
    seeds,
)
from training.experiments.results.sections.section import Section
from training.metrics.evaluate import KS
from training.reports.measurement import Measurement
from training.reports.table import Table

READINGS = {"thresholded_": "above .5", "": "hits over k"}
Runs = dict[str, list]
Judged = tuple[str, dict[str, bool]]
"""What is found, and whether the claim holds in each reading."""


def sources_in_the_sweep(measurement: Measurement) -> str:
    """Both sources' tables beside ours, and a verdict on each of their claims."""
    rows = measurement.values["runs"]
    return (
        "The same networks as the sources', trained as the section above says, mean of "
        "the seeds. Their users are buyers of 1,000 fine categories of one department, "
        "ours simulated ones of 178 categories: levels cannot be compared, orders and "
        "differences can. The sources parted users 70/30 between the fine-tuning of "
        "the extractor and the aggregator, and again 70/30 between training and test; "
        "here photos are parted (by groups of near-duplicates), and the users of each "
        "part are drawn from its own photos, so that no test photo was seen by "
        "extractor or aggregator.\n\n"
        f"{_beside(rows, PAPER, 'The paper').markdown()}\n"
        f"{_beside(rows, POSTER, 'The poster').markdown()}\n"
        "Gain is relative, in percent of the second; P, R and F1 in both readings: of "
        "those predictions of the first k above .5, and hits over k; the sources' own "
        "precision can only be the first. Where a claim is about several k, it holds "
        "if it does at each.\n\n"
        f"{_claims(rows).markdown()}"
    )


def _beside(rows: Rows, table: dict[str, tuple], source: str) -> Table:
    body = []
    for member in (*table, *(m for m in (OURS,) if m in members(rows))):
        runs = seeds(rows, member)
        for i, k in enumerate(KS):
            theirs = ["", ""]
            if member in table:
                theirs = [f"{numbers[i]:.2f}" for numbers in table[member][1:]]
            ours = [
                f"{average(runs, f'{reading}{metric}@{k}'):.3f}" if runs else ""
                for reading in READINGS
                for metric in ("precision", "recall", "f1")
            ]
            name = f"{member} ({table[member][0]})" if member in table else member
            body.append([f"{name}, k = {k}", *theirs, *ours])
    columns = ["network", f"{source}: P", f"{source}: R"]
    columns += [
        f"{metric} {told}" for told in READINGS.values() for metric in ("P", "R", "F1")
    ]
    return Table(f"{source}'s table and simulated users", columns, body)


def _claims(rows: Rows) -> Table:
    body = []
    for features in (FINE_TUNED, FROZEN):
        runs = {member: seeds(rows, member, features) for member in members(rows)}
        runs = {member: found for member, found in runs.items() if found}
        for text, needed, judge in CLAIMS:
            if all(member in runs for member in needed):
                told, held = judge(runs)
                body.append([text, features, told, _verdict(held)])
    return Table(
        "The sources' claims here", ["claim", "features", "here", "verdict"], body
    )


def _gain(first: str, second: str, at_least: float) -> Callable[[Runs], Judged]:
    """F1 of the first over the second's at every k, in both readings."""

    def judge(runs: Runs) -> Judged:
        told, held = [], {}
        for reading, name in READINGS.items():
            gains = [
                average(runs[first], f"{reading}f1@{k}")
                / average(runs[second], f"{reading}f1@{k}")
                - 1
                for k in KS
            ]
            told.append(f"{min(gains):+.1%} to {max(gains):+.1%} {name}")
            held[name] = min(gains) >= at_least
        return "; ".join(told), held

    return judge


def _loss(
    member: str, most: float | None, least: float | None
) -> Callable[[Runs], Judged]:
    """Precision that is lost from k of 5 to 20."""

    def judge(runs: Runs) -> Judged:
        lost = {
            name: average(runs[member], f"{reading}precision@{KS[0]}")
            - average(runs[member], f"{reading}precision@{KS[-1]}")
            for reading, name in READINGS.items()
        }
        told = "; ".join(f"{one:.3f} {name}" for name, one in lost.items())
        held = {
            name: (most is None or one <= most) and (least is None or one >= least)
            for name, one in lost.items()
        }
        return told, held

    return judge


def _compared(metric: str, sign: int, ks: tuple[int, ...]) -> Callable[[Runs], Judged]:
    """Two blocks less one, without gating, mean over k."""

    def judge(runs: Runs) -> Judged:
        found = {
            name: [
                average(runs["attention_2"], f"{reading}{metric}@{k}")
                - average(runs["attention_1"], f"{reading}{metric}@{k}")
                for k in ks
            ]
            for reading, name in READINGS.items()
        }
        told = "; ".join(f"{mean(one):+.3f} {name}" for name, one in found.items())
        held = {name: all(sign * x > 0 for x in one) for name, one in found.items()}
        return told, held

    return judge


def _smaller_weight(runs: Runs) -> Judged:
    one, two = (runs[m][0]["weight"] for m in ("attention_1", "attention_2_gating"))
    return f"{two:g} against {one:g}", {"": two < one}


def _ahead(runs: Runs) -> Judged:
    published = [member for member in SOURCES if member in runs]
    best = max(published, key=lambda member: average(runs[member], "map"))
    theirs = max(row["test"]["users"]["map"] for row in runs[best])
    ours = min(row["test"]["users"]["map"] for row in runs[OURS])
    told = f"MAP {ours:.3f} (least) against {theirs:.3f} ({best}, most)"
    return told, {"": ours > theirs}


def _verdict(held: dict[str, bool]) -> str:
    if all(held.values()):
        return "holds"
    readings = [name for name, one in held.items() if one]
    return f"holds {readings[0]} alone" if readings else "does not hold"


BEST, GATED_1, AVERAGE = "attention_2_gating", "attention_1_gating", "average"
CLAIMS = (
    (
        "attention with gating (two blocks) is 12-35 % above averaging in F1",
        (BEST, AVERAGE), _gain(BEST, AVERAGE, 0.12),
    ),
    (
        "the same against averaging with the same hidden layer",
        (BEST, "average_hidden"), _gain(BEST, "average_hidden", 0.12),
    ),
    (
        "attention with gating (one block, the poster's) is above averaging in F1",
        (GATED_1, AVERAGE), _gain(GATED_1, AVERAGE, 0.0),
    ),
    (
        "attention without gating is above averaging in F1",
        ("attention_1", AVERAGE), _gain("attention_1", AVERAGE, 0.0),
    ),
    (
        "gating adds 5-14 % to two blocks in F1",
        (BEST, "attention_2"), _gain(BEST, "attention_2", 0.05),
    ),
    (
        "averaging loses almost .2 of precision as k grows",
        (AVERAGE,), _loss(AVERAGE, None, 0.15),
    ),
    (
        "attention with gating loses only .06",
        (BEST,), _loss(BEST, 0.06, None),
    ),
    (
        "two blocks have a higher recall than one",
        ("attention_1", "attention_2"), _compared("recall", 1, KS),
    ),
    (
        "two blocks have a lower precision than one",
        ("attention_1", "attention_2"), _compared("precision", -1, KS),
    ),
    (
        "two blocks have a lower F1 than one from k = 10 on",
        ("attention_1", "attention_2"), _compared("f1", -1, KS[1:]),
    ),
    (
        "two blocks want a smaller positive weight than one",
        ("attention_1", BEST), _smaller_weight,
    ),
    (
        "squeezed is less than 5 % below attention-1 + CG in F1, in half the size",
        ("squeezed_1", GATED_1), _gain("squeezed_1", GATED_1, -0.05),
    ),
    (
        "not the sources': photo evidence is ahead of each of their networks",
        (OURS, AVERAGE), _ahead,
    ),
)  # fmt: skip
"""What is claimed, the networks it is about, and what judges it."""
SECTIONS = (Section("The sources' tables and claims", "sweep", sources_in_the_sweep),)
