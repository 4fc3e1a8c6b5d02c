"""What the study of attention looks at while it trains."""

import numpy as np
import pytest
from synthetic import small_users

from training.configs import config_named
from training.experiments.aggregator_family.attention_study import (
    VARIANTS,
    Variant,
    study_all,
)
from training.features.feature_set import FeatureSet


@pytest.mark.slow
def test_each_variant_is_looked_at_before_and_after_every_epoch(
    feature_set: FeatureSet,
) -> None:
    names = (
        "two blocks as published",
        "the same, raw features",
        "the same, W starts at a hundredth",
        "one block as published",
    )
    chosen = tuple(one for one in VARIANTS if one.name in names)
    config = config_named("attention_2", "aggregator")
    found = study_all(
        chosen, config, feature_set, small_users(feature_set), users=200, epochs=2
    )
    assert set(found) == set(names)
    for name, one in found.items():
        course = one["course"]
        assert [row["epoch"] for row in course] == [0, 1, 2]
        assert one["best_map"] == max(row["map"] for row in course)
        assert course[-1]["map"] > course[0]["map"] + 0.1, name
        assert all(0 < row["photos_seen"] <= 1 + 1e-6 for row in course)
        assert all(row["gradient_head"] > 0 for row in course)
    two, raw, small, one_block = (found[name]["course"][0] for name in names)
    assert "repeats_first" not in one_block
    assert "gradient_next_query" not in one_block
    assert np.isfinite(two["repeats_first"])
    # Before training a smaller W makes the second query smaller, and raw features,
    # which are all positive, another spread of scores.
    assert small["score_spread"] < 0.2 * two["score_spread"]
    assert raw["score_spread"] != pytest.approx(two["score_spread"], rel=0.1)


def test_the_published_form_is_the_first_variant() -> None:
    assert VARIANTS[0] == Variant(VARIANTS[0].name, VARIANTS[0].pool)
    assert len({one.name for one in VARIANTS}) == len(VARIANTS)
