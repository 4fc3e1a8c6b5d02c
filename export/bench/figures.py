"""Figures of the bench, drawn from its measurements."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.figure import Figure

from training.reports.curves import COLOURS, MARKERS, STYLE, save_figure

AGGREGATORS = "bench-aggregators.svg"
GROWTH = "bench-growth.svg"


def draw_aggregators(values: Mapping[str, Any], path: Path) -> None:
    """Draw the time of aggregators by photos, in extractor calls."""
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(7.5, 4.6), layout="constrained")
        axes = figure.subplots()
        for number, (name, times) in enumerate(values["by_photos"].items()):
            sizes = [int(size) for size in times]
            middle = [t["value"] for t in times.values()]
            marker, colour = MARKERS[number], COLOURS[number]
            axes.plot(sizes, middle, label=name, marker=marker, color=colour)
            low, high = ([t[end] for t in times.values()] for end in ("low", "high"))
            axes.fill_between(sizes, low, high, color=COLOURS[number], alpha=0.2)
        axes.axhline(1, color="grey", linewidth=0.8)
        axes.set(
            xscale="log",
            yscale="log",
            xlabel="photos",
            ylabel="extractor calls (quartiles shaded)",
        )
        axes.legend(frameon=False)
        save_figure(figure, path)


def draw_growth(measured: Mapping[str, Mapping[str, Any]], path: Path) -> None:
    """Draw how time grows, each curve in units of its first point."""
    learning, amazon = measured["learning"], measured["amazon"]
    aggregators = measured["aggregators"]
    evidence = aggregators["by_photos"]["photo_evidence"]
    curves = {
        "photo evidence, photos": {n: v["milliseconds"] for n, v in evidence.items()},
        "photo evidence, categories": {
            n: v["milliseconds"] for n, v in aggregators["by_categories"].items()
        },
        "an epoch of average, users": learning["users"],
        "ranking, items": learning["items"],
        "amazon-histories, reviews": {
            n: v["seconds"] for n, v in amazon["reviews"].items()
        },
    }
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(7.5, 4.6), layout="constrained")
        axes = figure.subplots()
        longest = 1.0
        for number, (name, times) in enumerate(curves.items()):
            sizes = [int(size) for size in times]
            seconds = list(times.values())
            longest = max(longest, sizes[-1] / sizes[0])
            axes.plot(
                [size / sizes[0] for size in sizes],
                [each / seconds[0] for each in seconds],
                color=COLOURS[number % len(COLOURS)],
                marker=MARKERS[number % len(MARKERS)],
                label=name,
            )
        axes.plot(
            [1, longest], [1, longest], color="grey", linestyle=":", label="linear"
        )
        axes.set(
            xscale="log",
            yscale="log",
            xlabel="times as large as the smallest",
            ylabel="times as long",
        )
        axes.legend(frameon=False)
        save_figure(figure, path)
