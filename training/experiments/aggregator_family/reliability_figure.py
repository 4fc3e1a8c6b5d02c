"""Predicted against true shares: how far probabilities can be believed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.figure import Figure

from training.reports.curves import COLOURS, STYLE, save_figure
from training.simulation.scenario_names import title

MIN_PAIRS = 20
"""Tenths with fewer predictions say nothing and are not drawn."""


def draw_reliability(curves: Mapping[str, Any], name: str, path: Path) -> None:
    """Draw a reliability curve in each scenario.

    Args:
        curves: Scenario -> what `reliability` measured.
        name: Of the bundle.
        path: `.svg` or `.png`; the same values give the same SVG.
    """
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(12, 4.4), layout="constrained")
        grid = figure.subplots(1, len(curves), sharex=True, sharey=True)
        for axes, (scenario, curve) in zip(grid, curves.items(), strict=True):
            known = [one for one in curve if one["pairs"] >= MIN_PAIRS]
            true = [one["true"] for one in known]
            axes.plot([0, 1], [0, 1], color="#999999", linewidth=1)
            axes.axvspan(0.2, 0.5, color="#EEEEEE", zorder=0)
            axes.errorbar(
                [one["predicted"] for one in known],
                [one["value"] for one in true],
                [
                    [one["value"] - one["low"] for one in true],
                    [one["high"] - one["value"] for one in true],
                ],
                color=COLOURS[0],
                marker="o",
                markersize=4,
                linewidth=1.4,
            )
            axes.set_title(title(scenario), fontsize=11)
            axes.set_xlabel("predicted probability, mean of a tenth")
        grid[0].set_ylabel("share that is true")
        figure.suptitle(f"{name}: the closer to the diagonal, the better", fontsize=12)
        save_figure(figure, path)
