"""The networks that the sweep has trained."""

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from training.experiments.aggregator_family.plan import FINE_TUNED, Run
from training.experiments.aggregator_family.sweep_rows import Row, at_best, members
from training.metrics.compare import ComparedModel
from training.steps import load_models


def trained_members(directory: Path, rows: Sequence[Row]) -> dict[str, ComparedModel]:
    """Load the first training of each network, at its best weight on validation users.

    Args:
        directory: Of the sweep's runs.
        rows: Its finished runs.

    Returns:
        By name, those on fine-tuned features in the first scenario.

    Raises:
        ValueError: No run is such a one.
    """
    keys = {}
    for member in members(rows):
        for row in at_best(rows, member, seed=1, scenario=1, features=FINE_TUNED):
            keys[member] = Run(**{f.name: row[f.name] for f in fields(Run)}).key
    if not keys:
        raise ValueError(
            f"{directory}: expected first trainings on fine-tuned features, "
            f"received {len(rows)} other runs"
        )
    found = load_models(directory, list(keys.values()))
    return {member: found[key] for member, key in keys.items()}
