"""Precision, recall and F1 of the family against k, as the paper's figures 3 to 5."""

from pathlib import Path

import numpy as np

from training.experiments.aggregator_family.plan import PROPOSED
from training.experiments.aggregator_family.sweep_rows import Rows, seeds
from training.reports.curves import draw_networks

SHOWN = (
    PROPOSED,
    "average",
    "average_hidden",
    "attention_1",
    "attention_1_gating",
    "attention_2_gating",
)


def draw_family(rows: Rows, path: Path) -> None:
    """Draw the mean curves of the seeds of the paper's networks and of ours.

    Args:
        rows: Finished trials of the sweep; no figure is drawn if none has curves.
        path: The `.svg` to write; the same runs give the same bytes.
    """
    curves = {}
    for member in SHOWN:
        runs = [row["curves"] for row in seeds(rows, member) if "curves" in row]
        if runs:
            curves[member] = {
                metric: np.mean([run[metric] for run in runs], axis=0).tolist()
                for metric in runs[0]
            }
    if not curves:
        return
    draw_networks(curves, "The family on simulated test users", path)
