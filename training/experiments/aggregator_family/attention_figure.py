"""What the last attention block looks at, epoch by epoch, variant by variant."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.figure import Figure

from training.reports.curves import COLOURS, MARKERS, STYLE, save_figure

SHOWN = {
    "map": "validation MAP",
    "photos_seen": "share of the photos looked at",
}


def draw_attention(variants: Mapping[str, Any], path: Path) -> None:
    """Draw MAP and attention of each variant along its training.

    Args:
        variants: What `study_all` returns.
        path: The `.svg` to write; the same values give the same bytes.
    """
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(10, 4.8), layout="constrained")
        grid = figure.subplots(1, len(SHOWN))
        for axes, (key, label) in zip(grid, SHOWN.items(), strict=True):
            for i, (name, one) in enumerate(variants.items()):
                axes.plot(
                    [record["epoch"] for record in one["course"]],
                    [record[key] for record in one["course"]],
                    color=COLOURS[i % len(COLOURS)],
                    marker=MARKERS[i % len(MARKERS)],
                    linestyle="-" if i < len(COLOURS) else "--",
                    markersize=4,
                    label=name,
                )
            axes.set_xlabel("epochs trained")
            axes.set_ylabel(label)
            axes.set_ylim(0, 1.02)
        figure.legend(
            *grid[0].get_legend_handles_labels(),
            loc="outside lower center",
            ncols=3,
            frameon=False,
            fontsize=8,
        )
        save_figure(figure, path)
