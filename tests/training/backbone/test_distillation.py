from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from training.backbone.classifier import build_classifier, loss_of
from training.backbone.config import Distillation
from training.backbone.distillation import PupilLoss, build_pupil, start_student
from training.backbone.mobilenet import build_extractor, build_teacher

DISTILLATION = Distillation(weight=0.5, temperature=2.0)


def softmax(logits: np.ndarray) -> np.ndarray:
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


@pytest.fixture
def pupil(small_config, weights_data: Path) -> keras.Model:
    config = replace(small_config, distillation=DISTILLATION)
    network = build_classifier(build_extractor(32), 3, config)
    return build_pupil(network, build_teacher(32, weights_data))


def test_the_loss_is_that_of_labels_plus_tempered_divergence(small_config):
    random = np.random.default_rng(1)
    outputs = random.normal(0, 3, (5, 4 + 2000)).astype(np.float32)
    labels = np.array([0, 1, 2, 3, 0])
    student, taught = outputs[:, 4:1004], outputs[:, 1004:]

    loss = PupilLoss(loss_of(small_config, 3), DISTILLATION)(labels, outputs)

    own = -np.log(softmax(outputs[:, :4])[np.arange(5), labels]).mean()
    p, q = softmax(taught / 2.0), softmax(student / 2.0)
    divergence = (p * np.log(p / q)).sum(axis=1).mean()
    assert float(loss) == pytest.approx(own + 0.5 * 4.0 * divergence, rel=1e-4)


def test_a_step_moves_student_and_extractor_but_not_the_teacher(pupil, small_config):
    teacher = pupil.get_layer("teacher")
    before = [w.copy() for w in teacher.get_weights()]
    loss = PupilLoss(loss_of(small_config, 3), DISTILLATION)
    pupil.compile(keras.optimizers.Adam(1e-2), loss=loss)
    student = pupil.get_layer("student").get_weights()[0].copy()
    first = pupil.get_layer("extractor").get_weights()[0].copy()

    pupil.train_on_batch(np.random.rand(2, 32, 32, 3) * 2 - 1, np.array([0, 1]))

    assert np.abs(pupil.get_layer("student").get_weights()[0] - student).max() > 0
    assert np.abs(pupil.get_layer("extractor").get_weights()[0] - first).max() > 0
    for old, new in zip(before, teacher.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


def test_the_start_of_the_student_answers_as_a_linear_teacher(pupil):
    random = np.random.default_rng(2)
    features = random.random((3000, 1024), np.float32)
    taught = features @ random.normal(0, 1, (1024, 1000)).astype(np.float32)

    start_student(pupil, features, taught)

    answers = pupil.get_layer("student")(features).numpy()
    assert (answers.argmax(axis=1) == taught.argmax(axis=1)).mean() > 0.95
