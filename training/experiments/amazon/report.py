"""What `prepare` reports: tables, and values for JSON."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from training.experiments.amazon.filters import PAPER, Size
from training.experiments.amazon.ledger import STATES, STORED, Outcome
from training.experiments.amazon.lines import LineCounts
from training.reports.table import Table


def histories_values(
    sizes: Sequence[Size], counts: Sequence[LineCounts]
) -> dict[str, Any]:
    """Sizes after each step, the paper's, and the lines of each file by its name."""
    return {
        "sizes": [asdict(size) | {"mean_items": size.mean_items} for size in sizes],
        "paper": asdict(PAPER) | {"mean_items": PAPER.mean_items},
        "files": [
            {
                "file": one.path.name,
                "lines": one.lines,
                "broken": one.broken,
                "examples": [{"line": n, "reason": why} for n, why in one.examples],
            }
            for one in counts
        ],
    }


def tables(values: Mapping[str, Mapping[str, Any]]) -> list[Table]:
    """All tables of `prepare`'s values."""
    found = [
        _lines_table(values["histories"]),
        _sizes_table(values["histories"]),
        _pictures_table(values["pictures"]),
        _numbers_table("Features", values["features"]),
    ]
    if "first_stage" in values:
        found.append(_numbers_table("First stage", values["first_stage"]))
    return found


def _sizes_table(values: Mapping[str, Any]) -> Table:
    """Each step beside the numbers of the paper."""
    counts = ("entries", "users", "items", "categories")
    rows = [
        [
            size["step"],
            *(f"{size[count]:,}" for count in counts),
            f"{size['mean_items']:.1f}",
        ]
        for size in (*values["sizes"], values["paper"])
    ]
    columns = ["after", "entries", "users", "items", "categories", "items per user"]
    return Table("What stays of the reviews", columns, rows)


def _lines_table(values: Mapping[str, Any]) -> Table:
    """The lines of each file and the first broken ones."""
    rows = [
        [
            one["file"],
            f"{one['lines']:,}",
            f"{one['broken']:,}",
            "; ".join(f"{e['line']}: {e['reason']}" for e in one["examples"]),
        ]
        for one in values["files"]
    ]
    return Table("Files", ["file", "lines", "broken", "first broken lines"], rows)


def pictures_values(outcomes: Sequence[Outcome], listed: int) -> dict[str, Any]:
    """How many pictures are in each state, why not, and the first addresses not there.

    Args:
        outcomes: Outcomes of all addresses.
        listed: Number of those not stored that are listed.
    """
    states = Counter(one.state for one in outcomes)
    reasons = Counter(_kind(one) for one in outcomes if one.state != STORED)
    lacking = [one for one in outcomes if one.state != STORED]
    return {
        "states": {state: states[state] for state in STATES},
        "bytes": sum(one.bytes for one in outcomes),
        "reasons": dict(reasons.most_common()),
        "not_stored": [
            {"url": one.url, "state": one.state, "reason": one.reason}
            for one in lacking[:listed]
        ],
    }


def _pictures_table(values: Mapping[str, Any]) -> Table:
    """How many pictures are stored, and why the others are not."""
    rows = [["stored", f"{values['states'][STORED]:,}"]]
    rows += [[reason, f"{count:,}"] for reason, count in values["reasons"].items()]
    return Table("Pictures", ["outcome", "number"], rows)


def _numbers_table(title: str, values: Mapping[str, Any]) -> Table:
    """Numbers of pictures, users and categories."""
    return Table(
        title,
        ["what", "number"],
        [[name.replace("_", " "), str(value)] for name, value in values.items()],
    )


def _kind(outcome: Outcome) -> str:
    """The state and reason without what differs between addresses."""
    return f"{outcome.state}: {outcome.reason.split('(')[0].split(' at 0x')[0].strip()}"
