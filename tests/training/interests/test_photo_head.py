import sys
from pathlib import Path

import numpy as np
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from synthetic_head import KINDS, random_features, random_head  # noqa: E402

from training.interests.fit_photo_head import HeadConfig, fit_new_head


def test_probabilities_leave_room_for_the_background() -> None:
    kinds = random_head().kind_probabilities(random_features(50))
    assert kinds.shape == (50, KINDS)
    assert (kinds >= 0).all()
    assert (kinds.sum(axis=1) <= 1 + 1e-6).all()


def test_classes_of_one_kind_add_up() -> None:
    head = random_head()
    standardised = head.standardise(random_features(20))
    scale, offset = head.student_scale
    student = scale * head.student_logits(standardised) + offset
    new = np.clip(standardised, -6, 6) @ head.new_kernel + head.new_bias
    logits = np.hstack([student, new])
    outputs = np.exp(logits) / np.exp(logits).sum(axis=1, keepdims=True)
    kinds = head.joint_probabilities(standardised)
    np.testing.assert_allclose(kinds[:, 6], outputs[:, 3] + outputs[:, 4], rtol=1e-5)
    np.testing.assert_allclose(kinds[:, 1], outputs[:, 5] + outputs[:, 7], rtol=1e-5)
    np.testing.assert_allclose(kinds[:, 8], outputs[:, 10], rtol=1e-5)
    background = outputs[:, 11]
    np.testing.assert_allclose(kinds.sum(axis=1), 1 - background, atol=1e-6)


def test_a_labelled_kind_needs_both_classifiers() -> None:
    head = random_head()
    features = random_features(20)
    standardised = head.standardise(features)
    both = head.joint_probabilities(standardised)[:, :3]
    both = both * head.labelled_probabilities(standardised)
    kinds = head.kind_probabilities(features)[:, :3]
    assert (kinds <= np.sqrt(both) + 1e-6).all()


def test_a_new_head_learns_what_the_student_cannot_see() -> None:
    random = np.random.default_rng(3)
    photos = random.normal(size=(600, 6)).astype(np.float32)
    student = random.normal(size=(600, 2)).astype(np.float32)
    is_new = photos[:, 0] > 0.3
    targets = np.zeros((600, 4), np.float32)
    targets[is_new, 2] = 1
    targets[~is_new, student[~is_new].argmax(axis=1)] = 1
    config = HeadConfig(epochs=40, learning_rate=0.02, batch_size=64, dropout=0)
    head = fit_new_head(photos, student, targets, config)
    scale, offset = head.student_scale
    logits = np.hstack([scale * student + offset, photos @ head.kernel + head.bias])
    assert (logits.argmax(axis=1) == targets.argmax(axis=1)).mean() > 0.85
    assert scale > 1.05


def test_arrays_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="received 3, 3, 2"):
        fit_new_head(
            np.zeros((3, 4), np.float32),
            np.zeros((3, 2), np.float32),
            np.zeros((2, 5), np.float32),
            HeadConfig(),
        )
