"""The figure of what was tried for the goals that are not reached."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from training.reports.curves import COLOURS, STYLE, save_figure

Values = Mapping[str, Any]
TINY_SIDE = 30
KEPT_GOAL, STRONG_GOAL, FALSE_GOAL = 0.8, 0.85, 0.5
CHOSEN = "additive (chosen)"
AS_THEY_ARE = "as they are"
BAR = 0.38
MAX_FALSE_SHOWN = 2.0


def draw_limits(
    limits: Values, augmentation: Values, variants: Values, path: Path
) -> None:
    """Draw size of photos, altered copies in training, and thresholds.

    Args:
        limits: What `limits` measured.
        augmentation: What `augmentation` measured.
        variants: What `variants` measured.
        path: The `.svg` to write; the same values give the same bytes.
    """
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(13, 4.4), layout="constrained")
        sizes, kept, strong = figure.subplots(1, 3)
        _draw_sizes(sizes, limits["sizes"])
        _draw_kept(kept, augmentation["galleries"])
        _draw_strong(strong, limits["thresholds"], variants)
        save_figure(figure, path)


def _draw_sizes(axes: Axes, sizes: Values) -> None:
    curve = {
        int(side): share
        for side, share in sizes["dogs, made smaller"].items()
        if side.isdigit()
    }
    sides = sorted(curve)
    whole = sizes["dogs, made smaller"][AS_THEY_ARE]
    axes.axhline(whole, color="#999999", linestyle=":")
    axes.text(sides[0], whole, AS_THEY_ARE, va="bottom", color="#666666")
    axes.plot(
        sides, [curve[side] for side in sides], "o-", color=COLOURS[0],
        label="126 dogs, made smaller",
    )  # fmt: skip
    for number, animal in enumerate(("dogs", "cats"), 1):
        ways = sizes[f"{animal}, {TINY_SIDE} pixels"]
        axes.plot(
            [TINY_SIDE] * len(ways), list(ways.values()), "_", markersize=16,
            color=COLOURS[number], label=f"{animal} of {TINY_SIDE} pixels, 4 filters",
        )  # fmt: skip
    axes.set_ylim(-0.03, 1)
    axes.set_xlabel("short side of the photo, pixels")
    axes.set_ylabel("photos on which they are found")
    axes.set_title("Cats: too small to see", fontsize=11)
    axes.legend(frameon=False, fontsize=9)


def _draw_kept(axes: Axes, galleries: Values) -> None:
    alterations = list(next(iter(galleries.values()))["kept"])
    names = sorted(galleries, key=lambda name: name != AS_THEY_ARE)
    for number, name in enumerate(names):
        measured = galleries[name]
        places = np.arange(len(alterations)) + (number - 0.5) * (BAR + 0.02)
        shares = [measured["kept"][one] for one in alterations]
        label = f"the head learns from photos {name}"
        axes.bar(places, shares, BAR, color=COLOURS[number], label=label)
        for place, share in zip(places, shares, strict=True):
            text = f"{share:.2f}".removeprefix("0")
            axes.text(place, share + 0.01, text, ha="center")
    axes.axhline(KEPT_GOAL, color="#999999", linestyle=":")
    axes.text(1.42, KEPT_GOAL, "goal", va="bottom", ha="right", color="#666666")
    axes.set_xticks(np.arange(len(alterations)), alterations)
    axes.set_ylim(0, 1.15)
    axes.grid(False, axis="x")
    axes.set_ylabel("interests kept")
    axes.set_title("Turns and bars", fontsize=11)
    axes.legend(frameon=False, fontsize=9, loc="upper center")


def _draw_strong(axes: Axes, thresholds: Values, variants: Values) -> None:
    curve = sorted((one["false"], one["strong"]) for one in thresholds.values())
    axes.plot(
        *zip(*curve, strict=True), "o-", color=COLOURS[0], label="other thresholds"
    )
    for number, (name, measured) in enumerate(sorted(variants.items())):
        small = measured["small"]
        place = small["false"]["value"], small["strong"]["all"][0]
        label = "other ways of pooling" if number == 1 else None
        chosen = name == CHOSEN
        axes.plot(
            *place, "*" if chosen else "s", markersize=13 if chosen else 5,
            color=COLOURS[1 if chosen else 2], label="released" if chosen else label,
        )  # fmt: skip
    axes.axhline(STRONG_GOAL, color="#999999", linestyle=":")
    axes.axvline(FALSE_GOAL, color="#999999", linestyle=":")
    axes.set_xlim(0, MAX_FALSE_SHOWN)
    axes.set_xlabel("false interests a gallery")
    axes.set_ylabel("strong interests shown")
    axes.set_title("Strong interests", fontsize=11)
    axes.legend(frameon=False, fontsize=9, loc="lower right")
