"""Photo evidence from set labels alone, measured wherever the family is.

The published networks learn from set labels. So this row has their supervision, and in
the sweep also their users, epochs, seeds and features.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from training.experiments.aggregator_family.other_scenarios import map_by_seed
from training.experiments.aggregator_family.plan import (
    FINE_TUNED,
    FROZEN,
    WEIGHTS,
    Trial,
    as_row,
)
from training.experiments.aggregator_family.train_one import (
    AGGREGATORS,
    Limits,
    train_one,
)
from training.features.feature_set import FeatureSet
from training.metrics.compare import ComparedModel, compare
from training.simulation.user_sets import UserSets
from training.steps import load_models

MEMBER = "set_labels_photo_evidence"
REFERENCE = "photo_evidence"
SWEEP = Limits(users=4_000, epochs=8, patience=3, quick=True)
"""Limits of the committed sweep."""
SWEEP_SCENARIOS = range(1, 5)


def compare_with_reference(
    models: Mapping[str, ComparedModel],
    user_sets: UserSets,
    feature_set: FeatureSet,
    seeds: int,
) -> dict[str, Any]:
    """Measure the trained model on all test users, and on those of other seeds.

    Args:
        models: `REFERENCE` and `MEMBER`, in this order.
        user_sets: Users of the first scenario.
        feature_set: The photos.
        seeds: Scenarios 1 to this.

    Returns:
        Ready for JSON: `aggregators` and `map_differences` of `MEMBER` alone, as
        `compare` gives them, and `map` (see `map_by_seed`).
    """
    found = compare(models, user_sets, feature_set)
    own = {MEMBER: models[MEMBER]}
    return {
        "reference": found["reference"],
        "aggregators": {MEMBER: found["aggregators"][MEMBER]},
        "map_differences": {MEMBER: found["map_differences"][MEMBER]},
        "map": map_by_seed(own, feature_set, range(1, seeds + 1)),
    }


def short_trainings(
    features: Mapping[str, Path], limits: Limits, seeds: int, directory: Path
) -> list[dict[str, Any]]:
    """Train as the sweep trains the family; finished trials are not repeated.

    Every positive weight once, then the rest with the one that is best on validation
    users.

    Args:
        features: Feature sets by name (`fine-tuned`, `frozen`).
        limits: Of the sweep.
        seeds: Number of trainings in the first scenario.
        directory: Folder of the sweep's trials.

    Returns:
        A row of the sweep for each training.
    """

    def row(trial: Trial) -> dict[str, Any]:
        result = train_one(trial, features[trial.features], limits, directory)
        return as_row(trial, result)

    rows = [row(Trial(MEMBER, weight)) for weight in WEIGHTS]
    weight = best_weight(rows)
    others = [Trial(MEMBER, weight, seed) for seed in range(2, seeds + 1)]
    others.append(Trial(MEMBER, weight, scenario=2))
    if FROZEN in features:
        others.append(Trial(MEMBER, weight, features=FROZEN))
    return rows + [row(trial) for trial in others]


def best_weight(rows: Sequence[Mapping[str, Any]]) -> float:
    """Give the positive weight of the row with the best validation MAP."""
    return float(max(rows, key=lambda row: row["validation_map"])["weight"])


def short_map_by_seed(
    feature_set: FeatureSet, directory: Path, weight: float
) -> dict[str, Any]:
    """Measure the first short training on users of the scenarios of the sweep.

    Args:
        feature_set: The photos.
        directory: See `short_trainings`, which must have run.
        weight: Positive weight of that training.

    Returns:
        See `map_by_seed`.
    """
    key = f"{Trial(MEMBER, weight, features=FINE_TUNED).key}/{AGGREGATORS}/{MEMBER}"
    trained = load_models(directory, [key])
    return map_by_seed({MEMBER: trained[key]}, feature_set, SWEEP_SCENARIOS)
