"""Precision, recall and F1 against the number of interests shown."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from photo_interests.files import write_atomically
from training.reports.comparison import scenario_title

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#000000", "#56B4E9")
"""Okabe and Ito's palette, which colour-blind people tell apart, less its yellows."""
MARKERS = ("o", "s", "^", "D", "v", "P")
METRICS = {"precision": "Precision", "recall": "Recall", "f1": "F1"}
READINGS = {
    "": "all of the first k count",
    "thresholded_": "only those of the first k above .5 count",
}
STYLE: dict[Any, Any] = {
    "font.size": 10,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": "#DDDDDD",
    "axes.edgecolor": "#666666",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.facecolor": "white",
    "axes.facecolor": "white",
    "svg.hashsalt": "photo-interests",
}


def draw_curves(values: Mapping[str, Any], scenario: str, path: Path) -> None:
    """Draw one scenario's curves of all aggregators.

    Args:
        values: What `compare` returns.
        scenario: One whose users have interests.
        path: `.svg` or `.png`; the same values give the same SVG.

    Raises:
        ValueError: No user of this scenario has an interest.
    """
    curves = {
        name: one["scenarios"][scenario]["curves"]
        for name, one in values["aggregators"].items()
    }
    if not all(curves.values()):
        raise ValueError(
            f"{scenario}: expected curves, received users without interests"
        )
    draw_networks(curves, _capitalised(scenario_title(values, scenario)), path)


def draw_networks(
    curves: Mapping[str, Mapping[str, Sequence[float]]], title: str, path: Path
) -> None:
    """Draw curves by network and metric (see `curves_of`) under a title."""
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(10, 6.4), layout="constrained")
        grid = figure.subplots(len(READINGS), len(METRICS), sharex=True, sharey=True)
        for row, reading in zip(grid, READINGS, strict=True):
            for axes, metric in zip(row, METRICS, strict=True):
                _draw(axes, curves, reading + metric)
                axes.set_title(METRICS[metric], fontsize=11)
            row[0].set_ylabel(READINGS[reading])
        for axes in grid[-1]:
            axes.set_xlabel("interests shown, k")
        figure.suptitle(title, fontsize=13)
        figure.legend(
            *grid[0, 0].get_legend_handles_labels(),
            loc="outside lower center",
            ncols=min(len(curves), 4),
            frameon=False,
        )
        save_figure(figure, path)


def save_figure(figure: Figure, path: Path) -> None:
    """Write a figure atomically, in the style that is set; makes the folder.

    Args:
        figure: Drawn.
        path: `.svg` or `.png`; the same figure gives the same SVG.
    """
    buffer = io.BytesIO()
    metadata = {"Date": None} if path.suffix == ".svg" else {}
    figure.savefig(buffer, format=path.suffix[1:], dpi=150, metadata=metadata)
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, buffer.getvalue())


def _draw(
    axes: Axes, curves: Mapping[str, Mapping[str, Sequence[float]]], metric: str
) -> None:
    for i, (name, by_metric) in enumerate(curves.items()):
        points = by_metric[metric]
        axes.plot(
            range(1, len(points) + 1),
            points,
            color=COLOURS[i % len(COLOURS)],
            marker=MARKERS[i % len(MARKERS)],
            markersize=4,
            linewidth=1.6,
            label=name,
        )
    axes.set_ylim(0, 1.02)
    axes.set_xticks([1, 5, 10, 15, 20])


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
