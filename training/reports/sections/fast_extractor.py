"""A faster extractor: what a smaller input costs."""

from collections.abc import Mapping
from typing import Any

from training.reports.measurement import Measurement
from training.reports.sections.section import Section
from training.reports.table import Table, with_interval
from training.smaller_input.measure import REFERENCE

HALF = 0.5
POINT = 0.01


def fast_extractor(measurement: Measurement) -> str:
    """Accuracy, work, latency and bytes by input size, and whether one is worth it."""
    values = measurement.values
    everything = values["accuracy"]["all"]
    sources = [name for name in values["accuracy"] if name != "all"]
    top1 = everything["top1"]
    rows = [
        [
            f"{REFERENCE} (released)", with_interval(top1[REFERENCE]), "",
            *(_value(values, source, REFERENCE) for source in sources), "", "1", "",
        ]
    ]  # fmt: skip
    for size, costs in values["sizes"].items():
        one = costs["latency"]["1"]
        rows.append(
            [
                size,
                with_interval(top1[size]),
                with_interval(everything["difference"][size], 4),
                *(_value(values, source, size) for source in sources),
                f"{costs['multiplications'] / 1e6:,.0f}",
                f"{one['ratio']:.2f}",
                f"{costs['bytes']:,}",
            ]
        )
    columns = [
        "input, pixels", "top-1", "less that of 224", *sources,
        "million multiply-accumulates", "int8 time over that of 224", "bytes",
    ]  # fmt: skip
    return (
        f"The fine-tuned network of the released extractor on smaller photos, without "
        "another training (its fine-tuning saw crops of 160 and 192 pixels), exported "
        "to int8; a photo classifier, as photo evidence's, is fitted on the training "
        f"photos' features of each size. Top-1 is of {everything['photos']:,} test "
        "photos among the 178 categories, in int8, differences are paired. Small "
        "photos are made of the packed ones of 224 pixels by the triangle filter. "
        "Latency is of one photo on one thread, each size in turns with the released "
        "extractor, on a machine that was busy with other work: the "
        "multiply-accumulates tell more. Not tried, for want of a GPU: other widths of "
        "MobileNet (whose "
        "pretrained weights are not at hand), pruning, distillation.\n\n"
        f"{Table('The released network on smaller photos', columns, rows).markdown()}\n"
        f"{_verdict(values)}\n"
    )


def _value(values: Mapping[str, Any], source: str, size: str) -> str:
    return f"{values['accuracy'][source]['top1'][size]['value']:.3f}"


def _verdict(values: Mapping[str, Any]) -> str:
    differences = values["accuracy"]["all"]["difference"]
    halves = {
        size: differences[size]["value"]
        for size, costs in values["sizes"].items()
        if costs["latency"]["1"]["ratio"] <= HALF
    }
    if not halves:
        return "No size halves the latency."
    best = max(halves, key=lambda size: halves[size])
    held = "within" if halves[best] >= -POINT else "not within"
    return (
        f"Of the sizes that halve the latency {best} pixels keep most: "
        f"{100 * halves[best]:+.1f} points of top-1, {held} the one point that a "
        "second bundle may cost."
    )


SECTIONS = (Section("Extractor: smaller photos", "fast-extractor", fast_extractor),)
