"""A profile by one photo after the other is the profile of all of them."""

import numpy as np
import pytest

from export.aggregator import quantise
from export.bench.adding import Adding
from export.bench.aggregators import exported
from training.aggregators.log_space import EMPTY
from training.aggregators.photo_evidence import PhotoEvidence


@pytest.mark.parametrize("settings", [None, quantise])
def test_one_after_the_other_as_all_at_once(settings) -> None:
    aggregator = PhotoEvidence(dimension=16, categories=5, feature_scale=0.02)
    whole = exported(aggregator, settings)
    add = Adding(aggregator, settings)
    photos = np.random.default_rng(1).integers(0, 256, (9, 16), np.uint8)
    state = empty = np.full(6, EMPTY, np.float32)
    for photo in photos:
        state = add(photo[None], state)
    expected = whole("update", features=photos, state=empty)["state"]
    np.testing.assert_allclose(state, expected, atol=1e-4)
    assert state[-1] == pytest.approx(np.log(9), abs=1e-5)
