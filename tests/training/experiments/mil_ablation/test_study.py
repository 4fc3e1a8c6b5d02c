from dataclasses import replace

import numpy as np
import pytest
from synthetic import small_users

from training.configs.photo_evidence import get_config
from training.experiments.mil_ablation.photo_scores import score_photos
from training.experiments.mil_ablation.study import UNSEEN, study_evidence
from training.experiments.mil_ablation.variants import BASE, VARIANTS, Variant
from training.features.feature_set import FeatureSet
from training.simulation import scenario_names
from training.simulation.user_sets import UserSets

CONFIG = replace(get_config(quick=True), held_out_sources=("set",), iterations=15)


@pytest.fixture(scope="module")
def users(feature_set: FeatureSet) -> UserSets:
    return small_users(feature_set)


def test_every_variant_changes_one_thing_of_the_base() -> None:
    base, *others = VARIANTS
    assert base == Variant(BASE)
    assert len({variant.name for variant in VARIANTS}) == len(VARIANTS)
    assert all(replace(variant, name=BASE) != base for variant in others)


def test_variants_are_fitted_and_measured(
    feature_set: FeatureSet, users: UserSets
) -> None:
    chosen = [
        Variant(BASE),
        Variant("no bar", fixed={"set_size_penalty": 0.0}, raised=False),
        Variant("in fold", fitted_on="train", context=True),
        Variant("distance", none="mahalanobis"),
    ]
    found = study_evidence(chosen, CONFIG, feature_set, users)
    assert list(found) == [variant.name for variant in chosen]
    assert found["no bar"]["scalars"]["set_size_penalty"] == 0.0
    for one in found.values():
        assert 0 < one["test"][scenario_names.USERS]["map"] <= 1
        assert set(one["validation"][UNSEEN]) == {"false_interests"}
        assert set(one["test"][scenario_names.INTEREST_FREE_UNSEEN]) == {
            "false_interests"
        }
    assert found[BASE]["test"] != found["distance"]["test"]


def test_with_fewer_background_classes_training_has_fewer_photos(
    feature_set: FeatureSet,
) -> None:
    whole, half = (score_photos(CONFIG, feature_set, part) for part in (1.0, 0.5))
    assert whole.logits.shape == half.logits.shape
    assert not np.allclose(whole.logits, half.logits)
    assert np.array_equal(whole.excess, half.excess)
    assert len(whole.distances) == len(whole.logits) + len(whole.unseen)
