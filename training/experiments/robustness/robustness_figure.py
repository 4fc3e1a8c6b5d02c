"""MAP, F1 and false positives by number of photos and share of background."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from training.reports.curves import COLOURS, MARKERS, STYLE, save_figure

PARTS = {
    "photos": "photos of a gallery, 70 % background",
    "none_share": "background photos among 100, %",
}
METRICS = {
    "map": "MAP",
    "micro_f1": "micro F1",
    "false_interests": "false positives per user",
}
FALSE_TICKS = (0, 1, 3, 10)


def draw_robustness(values: Mapping[str, Any], path: Path) -> None:
    """Draw the metrics over both parts; the same values give the same SVG."""
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(10, 7.5), layout="constrained")
        grid = figure.subplots(len(METRICS), len(PARTS), sharex="col", sharey="row")
        for row, metric in zip(grid, METRICS, strict=True):
            for axes, part in zip(row, PARTS, strict=True):
                _draw(axes, values[part], metric)
            row[0].set_ylabel(METRICS[metric])
            if metric != "false_interests":
                row[0].set_ylim(0, 1.02)
            else:
                row[0].set_yscale("symlog", linthresh=1)
                row[0].set_ylim(bottom=0)
                row[0].set_yticks(FALSE_TICKS, [f"{tick}" for tick in FALSE_TICKS])
        grid[-1, 0].set_xscale("log", base=4)
        for axes, part in zip(grid[-1], PARTS, strict=True):
            axes.set_xlabel(PARTS[part])
            ticks = [_number(case) for case in values[part]]
            axes.set_xticks(ticks, [f"{tick:g}" for tick in ticks])
        figure.suptitle("Simulated galleries", fontsize=13)
        figure.legend(
            *grid[0, 0].get_legend_handles_labels(),
            loc="outside lower center",
            ncols=3,
            frameon=False,
        )
        save_figure(figure, path)


def _draw(axes: Axes, cases: Mapping[str, Any], metric: str) -> None:
    for i, name in enumerate(next(iter(cases.values()))):
        points = [
            (_number(case), one[name][metric]["value"])
            for case, one in cases.items()
            if metric in one[name]
        ]
        axes.plot(
            *zip(*points, strict=True),
            color=COLOURS[i % len(COLOURS)],
            marker=MARKERS[i % len(MARKERS)],
            markersize=4,
            linewidth=1.6,
            label=name,
        )


def _number(case: str) -> float:
    return float(case.removesuffix("%"))
