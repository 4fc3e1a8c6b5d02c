"""Accuracy against latency of extractors, and which of them no other beats."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.figure import Figure

from training.experiments.fast_extractors.measure import RELEASED
from training.reports.curves import COLOURS, STYLE, save_figure
from training.reports.labels import label_points

AREA_OF_A_MB = 60
MEGABYTE = 1e6


def frontier(values: Mapping[str, Any]) -> list[str]:
    """Name those that no other beats in both time and accuracy, the fastest first.

    Args:
        values: What `fast-extractor` measured.
    """
    points = {name: (x, -y) for name, (x, y) in _points(values).items()}
    best, kept = 0.0, list[str]()
    for name in sorted(points, key=lambda name: points[name]):
        if not kept or points[name][1] < best:
            best = points[name][1]
            kept.append(name)
    return kept


def draw_fast_extractors(values: Mapping[str, Any], path: Path) -> None:
    """Draw top-1 with its interval over int8 time; the area of a dot is the file's.

    The same values give the same SVG.
    """
    points = _points(values)
    top1 = values["accuracy"]["all"]["top1"]
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(9, 7), layout="constrained")
        axes = figure.subplots()
        best = [points[name] for name in frontier(values)]
        axes.plot(*zip(*best, strict=True), color="#999999", linewidth=1.4, zorder=1)
        for name, (time, accuracy) in points.items():
            one = top1[name]
            colour = COLOURS[1] if name == RELEASED else COLOURS[0]
            low, high = accuracy - one["low"], one["high"] - accuracy
            axes.errorbar(
                time, accuracy, [[low], [high]], color=colour, alpha=0.35, zorder=1
            )
            area = AREA_OF_A_MB * _bytes(values, name) / MEGABYTE
            axes.scatter(time, accuracy, area, color=colour, zorder=2)
        axes.set_xlabel("int8 time of a photo over the released extractor's, 1 thread")
        axes.set_ylabel("top-1 of test photos")
        axes.set_xlim(0, 1.12)
        label_points(axes, points)
        save_figure(figure, path)


def _points(values: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    top1 = values["accuracy"]["all"]["top1"]
    times = {
        name: one["latency"]["1"]["ratio"] for name, one in values["candidates"].items()
    }
    return {name: (times.get(name, 1.0), one["value"]) for name, one in top1.items()}


def _bytes(values: Mapping[str, Any], name: str) -> int:
    costs = values["released"] if name == RELEASED else values["candidates"][name]
    return int(costs["bytes"])
