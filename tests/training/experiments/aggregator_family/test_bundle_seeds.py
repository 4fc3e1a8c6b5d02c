from pathlib import Path

import numpy as np
import pytest

from training.experiments.aggregator_family.bundle_seeds import (
    kinds_predictor,
    measure_bundles,
)
from training.features.feature_set import FeatureSet
from training.interests.parts import FEATURES, load_parts
from training.interests.repetition import accumulate
from training.simulation.batches import padded
from training.simulation.user_sets import UserSet


def test_kinds_are_predicted_of_the_real_photos_of_a_batch() -> None:
    stored, parts = FeatureSet.load(FEATURES), load_parts()
    count = len(stored.categories)
    rows = stored.rows("test")
    sets = [
        UserSet(0, rows[:3], np.zeros(3, np.int32)),
        UserSet(1, rows[3:11], np.zeros(8, np.int32)),
    ]
    found = kinds_predictor(parts, count)(*padded(sets, stored.features))
    assert found.shape == (2, count)
    for answer, one in zip(found, sets, strict=True):
        kinds = parts.head.kind_probabilities(stored.features[one.photos])[:, :count]
        own = parts.kinds(accumulate(kinds, np.ones(len(kinds))))
        np.testing.assert_allclose(answer, own, atol=1e-6)


def test_missing_features_name_the_command_that_extracts_them(tmp_path: Path) -> None:
    bundle = Path("models/everyday-178-fast")
    command = "python -m training features everyday-178-fast --extractor models/"
    with pytest.raises(FileNotFoundError, match=f"run `{command}everyday-178-fast`"):
        measure_bundles([bundle], tmp_path, tmp_path, 1)
