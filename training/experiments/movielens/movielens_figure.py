"""nDCG@20 of every ranker under every protocol; those that read pictures stand out."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.figure import Figure

from training.experiments.movielens.settings import CANNOT_RANK_NEW, READ_PICTURES
from training.reports.curves import COLOURS, STYLE, save_figure

TITLES = {
    "leave-one-out": "Warm users, leave-one-out",
    "temporal": "Warm users, split by time",
    "cold-users": "Cold users (3 interactions)",
    "new-items": "New items, among themselves",
}
METRIC = "nDCG@20"


def draw_movielens(values: Mapping[str, Any], path: Path) -> None:
    """Draw the means with their intervals, the best ranker on top.

    Args:
        values: What `movielens` measured.
        path: `.svg` or `.png`; the same values give the same SVG.
    """
    found = {name: values["protocols"][name]["rankers"] for name in TITLES}
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(11, 7.5), layout="constrained")
        for axes, (protocol, rankers) in zip(
            figure.subplots(2, 2).flat, found.items(), strict=True
        ):
            shown = sorted(rankers, key=lambda name: rankers[name][METRIC]["value"])
            for place, name in enumerate(shown):
                one = rankers[name][METRIC]
                low, high = one["value"] - one["low"], one["high"] - one["value"]
                colour = COLOURS[1] if name in READ_PICTURES else COLOURS[0]
                axes.errorbar(
                    one["value"], place, xerr=[[low], [high]], color=colour, fmt="o"
                )
            names = [
                f"{name} (cannot rank them)"
                if protocol == "new-items" and name in CANNOT_RANK_NEW
                else name
                for name in shown
            ]
            axes.set_yticks(range(len(shown)), names)
            axes.set_xlim(left=0)
            axes.set_xlabel(METRIC)
            axes.set_title(TITLES[protocol], fontsize=11)
        figure.suptitle(
            "MovieLens 100K: rankers that read posters (orange) and others (blue)",
            fontsize=13,
        )
        save_figure(figure, path)
