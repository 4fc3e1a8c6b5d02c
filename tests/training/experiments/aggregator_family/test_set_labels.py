from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from synthetic import small_users

from training.experiments.aggregator_family import other_scenarios
from training.experiments.aggregator_family.plan import WEIGHTS
from training.experiments.aggregator_family.set_labels import (
    MEMBER,
    REFERENCE,
    best_weight,
    compare_with_reference,
    short_map_by_seed,
    short_trainings,
)
from training.experiments.aggregator_family.train_one import Limits
from training.features.feature_set import FeatureSet
from training.metrics.compare import ComparedModel
from training.simulation.config import get_config


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few users in the scenarios of other seeds."""
    config = replace(
        get_config(),
        users={"train": 20, "validation": 20, "test": 30},
        gallery_sizes=(20,),
        gallery_interests={20: (2, 5)},
    )
    monkeypatch.setattr(other_scenarios, "get_config", lambda: config)


def guess(features: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Interests by the brightness of the set, the same order for all."""
    return np.tile(np.linspace(0.1, 0.9, 24, dtype=np.float32), (len(features), 1))


@pytest.mark.usefixtures("small")
def test_the_row_stands_alone_and_the_reference_is_named(
    feature_set: FeatureSet,
) -> None:
    models = {REFERENCE: ComparedModel(guess, 1), MEMBER: ComparedModel(guess, 2)}
    users = small_users(feature_set)
    found = compare_with_reference(models, users, feature_set, seeds=2)
    assert found["reference"] == REFERENCE
    assert list(found["aggregators"]) == list(found["map_differences"]) == [MEMBER]
    assert found["map_differences"][MEMBER]["users"]["value"] == 0
    assert list(found["map"][MEMBER]) == ["1", "2"]
    assert found["map"][MEMBER]["1"] != found["map"][MEMBER]["2"]


@pytest.mark.slow
@pytest.mark.usefixtures("small")
def test_a_short_training_is_a_row_of_the_sweep(
    feature_set: FeatureSet, tmp_path: Path
) -> None:
    feature_set.save(tmp_path / "set")
    small_users(feature_set).save(tmp_path / "set" / "users.parquet")
    given = {"fine-tuned": tmp_path / "set"}
    limits = Limits(users=100, epochs=1, patience=1, quick=True)
    rows = short_trainings(given, limits, 2, tmp_path / "runs")
    row = rows[0]
    assert (row["member"], row["seed"], row["scenario"]) == (MEMBER, 1, 1)
    assert [one["weight"] for one in rows[:5]] == list(WEIGHTS)
    weight = best_weight(rows[:5])
    assert [(one["weight"], one["seed"], one["scenario"]) for one in rows[5:]] == [
        (weight, 2, 1),
        (weight, 1, 2),
    ]
    assert row["parameters"] == 25 * 17 + 6
    assert 0 < row["test"]["users"]["map"] < 1
    by_seed = short_map_by_seed(feature_set, tmp_path / "runs", weight)[MEMBER]
    assert list(by_seed) == ["1", "2", "3", "4"]
