"""Faster extractors: what a smaller input, fewer channels and training give."""

from collections.abc import Mapping
from typing import Any

from training.experiments.fast_extractors.fast_figure import frontier
from training.experiments.fast_extractors.measure import RELEASED
from training.experiments.results.sections.section import Section
from training.reports.measurement import Measurement
from training.reports.table import Table, with_interval

HALF = 0.5
POINT = 0.01


def fast_extractor(measurement: Measurement) -> str:
    """Accuracy, work, latency and bytes of each, and whether one is worth it."""
    values = measurement.values
    everything = values["accuracy"]["all"]
    sources = [name for name in values["accuracy"] if name != "all"]
    columns = [
        "extractor", "made", "pixels", "top-1", "less the released one's", *sources,
        "validation", "million multiply-accumulates", "int8 time, 1 thread",
        "2 threads", "bytes", "features",
    ]  # fmt: skip
    rows = [_row(values, name, sources) for name in everything["top1"]]
    best = ", ".join(frontier(values))
    return (
        "Each network in int8 on photos of its size, made of the packed ones of 224 "
        "pixels by the triangle filter; a photo classifier, as photo evidence's, is "
        "fitted on the training photos' features of each. Top-1 is of "
        f"{everything['photos']:,} test photos among the 178 categories, differences "
        "are paired. Times are of one photo, the best of ten rounds over that of "
        "everyday-178's extractor, here called released, in turns with it. A name is "
        "a command's word: a size alone is the released network without another "
        "training; `backbone_...` is a run of `python -m training backbone --config`, "
        "which follows the released extractor's features on the same crops beside the "
        "labels. Trainings are of minutes on two cores: no GPU was at hand.\n\n"
        f"{Table('Faster extractors', columns, rows).markdown()}\n"
        f"None is beaten in both time and accuracy among {best}. {_verdict(values)}\n\n"
        "![Top-1 over int8 time; the area of a dot is the file's size]"
        "(figures/fast-extractor.svg)\n"
    )


def _row(values: Mapping[str, Any], name: str, sources: list[str]) -> list[str]:
    everything = values["accuracy"]["all"]
    costs = values["released"] if name == RELEASED else values["candidates"][name]
    difference, times = "", ["1", "1"]
    if name != RELEASED:
        difference = with_interval(everything["difference"][name], 4)
        times = [f"{costs['latency'][t]['ratio']:.2f}" for t in ("1", "2")]
    return [
        name,
        costs["how"],
        f"{costs['pixels']}",
        with_interval(everything["top1"][name]),
        difference,
        *(f"{values['accuracy'][s]['top1'][name]['value']:.3f}" for s in sources),
        f"{values['validation'][name]:.3f}",
        f"{costs['multiplications'] / 1e6:,.0f}",
        *times,
        f"{costs['bytes']:,}",
        f"{costs['features']:,}",
    ]


def chosen(values: Mapping[str, Any]) -> str | None:
    """Name the best on validation photos of those that halve the time, if any."""
    halves = [
        name
        for name, one in values["candidates"].items()
        if one["latency"]["1"]["ratio"] <= HALF
    ]
    return max(halves, key=lambda name: values["validation"][name], default=None)


def _verdict(values: Mapping[str, Any]) -> str:
    best = chosen(values)
    if best is None:
        return "No one halves the latency."
    differences = {
        source: one["difference"][best]["value"]
        for source, one in values["accuracy"].items()
    }
    lost = differences.pop("all")
    held = "within" if lost >= -POINT else "not within"
    parts = ", ".join(f"{source} {100 * d:+.1f}" for source, d in differences.items())
    return (
        f"Of those that halve the latency on one thread {best} is the best on "
        f"validation photos: on test photos {100 * lost:+.1f} points of top-1 "
        f"({parts}), {held} the one "
        "point that a second bundle may cost."
    )


SECTIONS = (Section("Extractor: faster ones", "fast-extractor", fast_extractor),)
