"""What the card of a bundle reports of training, from the records of its runs alone."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from training.evaluations import COMPARISON, PHOTO_ACCURACY
from training.runs import Record, lineage, records, write_atomically

VOCABULARY = "vocabulary"
CARD_METRICS = ("map", "false_interests")


def write_card_inputs(aggregator: Path, runs: Path, out: Path) -> None:
    """Write `training.json` and `metrics.json` for `python -m export bundle`.

    Args:
        aggregator: Folder of the aggregator's run.
        runs: Folder of all runs.
        out: Folder to write to.

    Raises:
        ValueError: The records do not lead back to the photos.
    """
    steps = lineage(Record.load(aggregator), runs)
    out.mkdir(parents=True, exist_ok=True)
    for name, content in (
        ("training.json", training_section(steps)),
        ("metrics.json", metrics(steps, runs)),
    ):
        text = json.dumps(content, indent=1, ensure_ascii=False)
        write_atomically(out / name, text + "\n")


def training_section(steps: Sequence[Record]) -> dict[str, Any]:
    """Say what the networks were trained on, and by which commands.

    Args:
        steps: The runs that led to the aggregator, which is the last.

    Raises:
        ValueError: The photos or the fine-tuning are not among them.
    """
    photos, backbone = _last(steps, "photos"), _last(steps, "backbone")
    distilled = " and distilled from the pretrained classifier"
    is_distilled = "student" in steps[-1].config
    return {
        "summary": f"MobileNet v1 fine-tuned as {backbone.name}; {steps[-1].name} over "
        f"its features, fitted on simulated users{distilled if is_distilled else ''}",
        "photos": photos.values["photos"],
        "sources": photos.values["sources"],
        "commands": list(dict.fromkeys(step.command for step in steps)),
        "config": backbone.name,
    }


def metrics(steps: Sequence[Record], runs: Path) -> dict[str, float]:
    """List what was measured of an extractor and an aggregator.

    Args:
        steps: The runs that led to the aggregator, which is the last.
        runs: Folder of all runs, with the evaluations.

    Returns:
        Top-1 of the int8 extractor by source of photos, MAP and false positives per
        user by scenario, and agreement with the teacher where there is one.
    """
    aggregator = steps[-1]
    # Not by any input: all extractors are measured on the same photos.
    extractors = {step.inputs.get("extractor") for step in steps} - {None}
    flat: dict[str, float] = {}
    for one in records(runs):
        is_of_aggregator = aggregator.sha256 in one.inputs.values()
        if one.kind == PHOTO_ACCURACY and one.inputs["extractor"] in extractors:
            flat |= _top1(one.values["sources"], "int8")
        if one.kind == COMPARISON and is_of_aggregator:
            flat |= _of_users(one.values["aggregators"][aggregator.name]["scenarios"])
        if one.kind == VOCABULARY and is_of_aggregator:
            flat |= _of_vocabulary(one.values)
    return flat


def _last(steps: Sequence[Record], kind: str) -> Record:
    for step in reversed(steps):
        if step.kind == kind:
            return step
    raise ValueError(
        f"expected a run of kind {kind!r} among those that led to {steps[-1].name}, "
        f"received {[step.kind for step in steps]}"
    )


def _top1(sources: dict[str, Any], name: str) -> dict[str, float]:
    return {
        f"top1_{source}_int8": one["top1"][name]["value"]
        for source, one in sources.items()
    }


def _of_users(scenarios: dict[str, Any]) -> dict[str, float]:
    return {
        f"{metric}_{scenario}": one["metrics"][metric]["value"]
        for scenario, one in scenarios.items()
        for metric in CARD_METRICS
        if metric in one["metrics"]
    }


def _of_vocabulary(values: Mapping[str, Any]) -> dict[str, float]:
    """Those of the labelled categories, and agreement with the teacher."""
    flat = _top1(values["photos"], "proposed")
    for source, one in values["agreement"].items():
        flat[f"agreement_{source}_int8"] = one["value"]
    for scenario, one in values["scenarios"].items():
        for metric in CARD_METRICS:
            if metric in one:
                flat[f"{metric}_{scenario}"] = one[metric]["proposed"]["value"]
    return flat
