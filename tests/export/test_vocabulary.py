"""The aggregator of the large vocabulary as TFLite, at the size that is released."""

import numpy as np
import pytest

from export.aggregator import AggregatorFiles, export_aggregator
from export.signature_runner import SignatureRunner
from training.aggregators.vocabulary_evidence import VocabularyEvidence
from training.vocabulary.vocabulary import load_vocabulary

LARGEST_INT8_BYTES = 1_500_000


@pytest.fixture(scope="module")
def joint(features: np.ndarray, feature_scale: float) -> VocabularyEvidence:
    vocabulary = load_vocabulary()
    joint = VocabularyEvidence(
        features.shape[1],
        len(vocabulary.catalogue.categories),
        feature_scale,
        labelled=vocabulary.labelled,
        student_classes=len(vocabulary.category_of),
        merged=vocabulary.merged,
    )
    joint.build((None, None, features.shape[1]))
    joint.adapt(features)
    return joint


@pytest.fixture(scope="module")
def files(joint: VocabularyEvidence, features: np.ndarray) -> AggregatorFiles:
    return export_aggregator(joint, features)


def test_it_is_as_in_keras_and_small_enough_in_int8(files: AggregatorFiles):
    assert max(files.proof.errors.values()) < 1e-4
    assert files.quantised is not None
    assert len(files.quantised.content) <= LARGEST_INT8_BYTES


def test_photos_can_be_added_to_a_state(files, joint, features):
    run = SignatureRunner(files.floating.content)
    spec = joint.state_spec()
    state = np.full(spec.shape, spec.initial, np.float32)
    for part in (features[:5], features[5:]):
        state = run("update", features=part, state=state)["state"]

    whole = run("predict", features=features)["probabilities"]

    np.testing.assert_allclose(
        run("finish", state=state)["probabilities"], whole, atol=1e-4
    )
