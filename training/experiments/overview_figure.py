"""The picture of the README: MAP of three aggregators on four sets of users."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from training.reports.curves import COLOURS, STYLE, save_figure
from training.simulation.scenario_names import CONTRIBUTORS, USERS, gallery

SCENARIOS = {
    USERS: "5-40 photos\n(simulated users)",
    gallery(100): "100 photos, 70 % background\n(simulated)",
    gallery(500): "500 photos, 70 % background\n(simulated)",
    CONTRIBUTORS: "real contributors\n(clothing photos)",
}
NAMES = {
    "photo_evidence": "photo evidence (released)",
    "average": "average of the photos",
    "attention_2_gating": "two attention blocks and context gating",
}
WIDTH = 0.26


def draw_overview(values: Mapping[str, Any], path: Path) -> None:
    """Draw the MAP of each aggregator in each scenario, with its interval.

    Args:
        values: What `compare` returns.
        path: The `.svg` to write; the same values give the same bytes.
    """
    measured = next(iter(values["aggregators"].values()))["scenarios"]
    scenarios = {name: label for name, label in SCENARIOS.items() if name in measured}
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(10, 4.6), layout="constrained")
        axes = figure.subplots()
        for i, (name, one) in enumerate(values["aggregators"].items()):
            maps = [
                one["scenarios"][scenario]["metrics"]["map"] for scenario in scenarios
            ]
            middle = np.array([m["value"] for m in maps])
            low = middle - [m["low"] for m in maps]
            high = np.array([m["high"] for m in maps]) - middle
            places = np.arange(len(scenarios)) + (i - 1) * (WIDTH + 0.02)
            axes.bar(
                places, middle, WIDTH, color=COLOURS[i], label=NAMES.get(name, name)
            )
            axes.errorbar(
                places, middle, [low, high], fmt="none", ecolor="#222222", capsize=3
            )
            for place, value, top in zip(places, middle, high, strict=True):
                label = f"{value:.2f}".removeprefix("0")
                axes.text(place, value + top + 0.015, label, ha="center")
        axes.set_xticks(np.arange(len(scenarios)), scenarios.values())
        axes.set_ylim(0, 1.08)
        axes.set_ylabel("mean average precision")
        axes.grid(False, axis="x")
        axes.set_title(
            "Predicting interests: all users are simulated but the last", fontsize=13
        )
        figure.legend(loc="outside lower center", ncols=3, frameon=False)
        save_figure(figure, path)
