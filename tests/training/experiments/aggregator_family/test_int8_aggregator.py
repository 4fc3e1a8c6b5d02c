import json
import shutil
from pathlib import Path

import pytest

from photo_interests.bundle.card import CARD_NAME, CardError
from training.experiments.aggregator_family.int8_aggregator import compare_int8
from training.features.feature_set import FeatureSet
from training.simulation.user_sets import UserSets


@pytest.fixture(scope="module")
def released_data(project_root: Path) -> tuple[FeatureSet, UserSets]:
    features = project_root / "training/features/everyday-178"
    sets = UserSets.load(features / "users.parquet")
    few = sets.table[sets.table["world"] == "contributors"]
    return FeatureSet.load(features), UserSets(few)


def test_int8_weights_cost_the_released_bundle_next_to_nothing(
    released_data: tuple[FeatureSet, UserSets], project_root: Path
) -> None:
    found = compare_int8(project_root / "models/everyday-178", *released_data)

    difference = found["map_differences"]["contributors"]
    both = found["scenarios"]["contributors"]["map"]
    expected = both["int8"]["value"] - both["float"]["value"]
    assert difference["value"] == pytest.approx(expected)
    assert -0.01 < difference["low"] <= difference["high"] < 0.01
    assert both["float"]["value"] > 0.9


def test_a_bundle_without_an_int8_aggregator_is_refused(
    released_data: tuple[FeatureSet, UserSets], project_root: Path, tmp_path: Path
) -> None:
    bundle = tmp_path / "everyday-178"
    shutil.copytree(project_root / "models/everyday-178", bundle)
    card = json.loads((bundle / CARD_NAME).read_text(encoding="utf-8"))
    del card["minimum_runtime"][card["aggregator"]["int8_file"]]
    card["aggregator"]["int8_file"] = None
    (bundle / CARD_NAME).write_text(json.dumps(card), encoding="utf-8")

    with pytest.raises(CardError, match="expected an int8 aggregator"):
        compare_int8(bundle, *released_data)
