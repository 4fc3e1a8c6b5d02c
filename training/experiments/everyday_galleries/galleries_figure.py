"""The picture of the README: what bundles show for galleries of everyday photos."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from training.reports.curves import COLOURS, STYLE, save_figure

SYSTEMS = {
    "everyday-178": "everyday-178\n(learned from simulated users)",
    "everyday-1105": "everyday-1105\n(learned from simulated users)",
    "MobileNet v1, two photos at .5": "a class of ImageNet\non two photos",
    "repetition": "everyday\n(released)",
}
GAP = 0.15


def draw_galleries(values: Mapping[str, Any], path: Path) -> None:
    """Draw how many interests each system shows, how many are right, what they fit.

    Args:
        values: `results.json` of this experiment.
        path: The `.svg` to write; the same values give the same bytes.
    """
    measured = [values[name]["small"] for name in SYSTEMS]
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(10, 3.6), layout="constrained")
        shown, fits = figure.subplots(1, 2, width_ratios=[3, 2], sharey=True)
        _draw_shown(shown, measured)
        _draw_fits(fits, measured)
        shown.set_yticks(np.arange(len(SYSTEMS)), SYSTEMS.values())
        shown.invert_yaxis()
        figure.suptitle(
            "180 galleries of 100 to 160 everyday photos, tested on photo sets that "
            "nothing was fitted on",
            fontsize=12,
        )
        save_figure(figure, path)


def _draw_shown(axes: Axes, measured: list[Mapping[str, Any]]) -> None:
    places = list(range(len(measured)))
    right = np.array([one["right"]["value"] for one in measured])
    false = np.array([one["false"]["value"] for one in measured])
    axes.barh(places, right, 0.6, color=COLOURS[0], label="right")
    axes.barh(places, false, 0.6, left=right, color=COLOURS[1], label="wrong")
    for place, one in zip(places, measured, strict=True):
        share = _share(one["precision"]["value"])
        axes.text(one["shown"]["value"] + GAP, place, f"{share} right", va="center")
    axes.set_xlim(0, right.max() * 1.25)
    axes.set_xlabel("interests shown for a gallery")
    axes.grid(False, axis="y")
    axes.legend(loc="upper right", frameon=False)


def _draw_fits(axes: Axes, measured: list[Mapping[str, Any]]) -> None:
    places = list(range(len(measured)))
    fits = [one["fits_nameable"]["value"] for one in measured]
    axes.barh(places, fits, 0.6, color=COLOURS[2])
    for place, value in zip(places, fits, strict=True):
        axes.text(value + 0.02, place, _share(value), va="center")
    axes.set_xlim(0, 1.08)
    axes.set_xlabel("photos that a shown interest fits,\nof those that have a name")
    axes.grid(False, axis="y")


def _share(value: float) -> str:
    return f"{value:.2f}".removeprefix("0")
