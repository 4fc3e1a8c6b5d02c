"""Predicted against true shares: how far probabilities can be believed."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.figure import Figure

from training.experiments.aggregator_family.tuned_comparison import MEASURED
from training.reports.comparison import scenario_title
from training.reports.curves import COLOURS, MARKERS, STYLE, save_figure

SHOWN = (
    "photo_evidence",
    "set_labels_photo_evidence",
    "tuned_attention_2_gating",
    "average",
)
MIN_PAIRS = 30
"""Tenths with fewer predictions say nothing and are not drawn."""


def draw_reliability(values: Mapping[str, Any], path: Path) -> None:
    """Draw a reliability curve of some models in each scenario.

    Args:
        values: What `tuned` measured.
        path: `.svg` or `.png`; the same values give the same SVG.
    """
    models = {
        name: values["aggregators"][name]["scenarios"]
        for name in SHOWN
        if name in values["aggregators"]
    }
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(12, 4.8), layout="constrained")
        grid = figure.subplots(1, len(MEASURED), sharex=True, sharey=True)
        for axes, scenario in zip(grid, MEASURED, strict=True):
            axes.plot([0, 1], [0, 1], color="#999999", linewidth=1)
            axes.axvspan(0.2, 0.5, color="#EEEEEE", zorder=0)
            for i, (name, scenarios) in enumerate(models.items()):
                curve = scenarios[scenario]["reliability"]
                known = [one for one in curve if one["pairs"] >= MIN_PAIRS]
                true = [one["true"]["value"] for one in known]
                axes.errorbar(
                    [one["predicted"] for one in known],
                    true,
                    [
                        [
                            v - o["true"]["low"]
                            for v, o in zip(true, known, strict=True)
                        ],
                        [
                            o["true"]["high"] - v
                            for v, o in zip(true, known, strict=True)
                        ],
                    ],
                    color=COLOURS[i],
                    marker=MARKERS[i],
                    markersize=4,
                    linewidth=1.4,
                    label=name,
                )
            axes.set_title(scenario_title(values, scenario), fontsize=11)
            axes.set_xlabel("predicted probability, mean of a tenth")
        grid[0].set_ylabel("share that is true")
        figure.legend(
            *grid[0].get_legend_handles_labels(),
            loc="outside lower center",
            ncols=len(models),
            frameon=False,
        )
        save_figure(figure, path)
