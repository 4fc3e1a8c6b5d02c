"""What bundles of interests are built on."""

from pathlib import Path

import numpy as np
import pytest

from tests.training.interests.synthetic_head import random_features, random_head
from training.features.feature_set import FeatureSet
from training.interests.bases import BASES, MOBILENET, Base, base_named
from training.interests.fit_heads import answers_of
from training.interests.parts import load_parts
from training.interests.released_heads import (
    head_of,
    load_heads,
    save_heads,
    with_empty_head,
)
from training.vocabulary.interests import load_interests


@pytest.mark.parametrize("base", BASES.values(), ids=BASES)
def test_everything_of_a_base_reads_the_features_of_its_extractor(base: Base) -> None:
    stored = FeatureSet.load(base.features)
    stored.check_extractor(base.extractor)
    parts = load_parts(base=base)
    head = parts.head
    assert len(head.mean) == len(head.new_kernel) == stored.dimension
    assert len(parts.scenes.head.kernel) == len(head.hidden_kernel) == stored.dimension
    rows = stored.rows("test")
    truth = stored.category_indices[rows]
    standard = head.standardise(stored.features[rows])
    found = head.labelled_probabilities(standard).argmax(axis=1)
    assert (found == truth)[truth >= 0].mean() > 0.8


def test_heads_are_read_as_they_were_written(tmp_path: Path) -> None:
    head, photos = random_head(), random_features(5)
    save_heads(head, tmp_path / "heads.npz")
    read = load_heads(tmp_path / "heads.npz")
    assert read["student_kernel"].dtype == np.float32
    for name, value in read.items():
        np.testing.assert_allclose(value, getattr(head, name), rtol=1e-3, atol=1e-4)
    interests = load_interests()
    start = with_empty_head(read, interests, float(head.feature_scale))
    np.testing.assert_allclose(
        answers_of(start, photos), answers_of(head, photos), atol=0.01
    )
    assert not start.new_kernel.any()


def test_the_first_base_has_the_heads_of_its_bundle() -> None:
    head = head_of(MOBILENET, load_interests())
    assert len(head.student_kernel) == 512 < len(head.mean) == 1024


def test_an_unknown_base_is_named() -> None:
    with pytest.raises(ValueError, match="efficientnet-lite0.*received 'resnet'"):
        base_named("resnet")
