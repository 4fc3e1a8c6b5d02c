"""The networks that the sweep trained."""

from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

from training.experiments.aggregator_family.plan import FINE_TUNED, Trial
from training.experiments.aggregator_family.sweep_rows import Row, at_best, members
from training.experiments.aggregator_family.train_one import AGGREGATORS
from training.metrics.compare import ComparedModel
from training.steps import load_models


def trained_members(directory: Path, rows: Sequence[Row]) -> dict[str, ComparedModel]:
    """Load the first training of each network, at its best weight on validation users.

    Args:
        directory: Folder of the sweep's trials.
        rows: Its finished trials.

    Returns:
        By name, those on fine-tuned features in the first scenario.

    Raises:
        ValueError: There is no such trial.
    """
    keys = {}
    for member in members(rows):
        for row in at_best(rows, member, seed=1, scenario=1, features=FINE_TUNED):
            trial = Trial(**{f.name: row[f.name] for f in fields(Trial)})
            keys[member] = f"{trial.key}/{AGGREGATORS}/{member}"
    if not keys:
        raise ValueError(
            f"{directory}: expected first trainings on fine-tuned features, "
            f"received {len(rows)} other runs"
        )
    found = load_models(directory, list(keys.values()))
    return {member: found[key] for member, key in keys.items()}
