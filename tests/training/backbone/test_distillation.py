from pathlib import Path

import keras
import numpy as np
import pytest

from training.backbone.config import DistillationLoss, LabelLoss
from training.backbone.distillation import (
    DistillationTerm,
    agreement,
    initialise_student,
)
from training.backbone.label_loss import LabelTerm
from training.backbone.mobilenet import build_extractor
from training.backbone.multi_task_model import MultiTaskModel

DISTILLATION = DistillationLoss(weight=0.5, temperature=2.0)


def softmax(logits: np.ndarray) -> np.ndarray:
    exponentials = np.exp(logits - logits.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


@pytest.fixture
def tasks(weights_data: Path) -> MultiTaskModel:
    labels = LabelTerm(LabelLoss(), 3, seed=1)
    return MultiTaskModel([labels, DistillationTerm(DISTILLATION, weights_data)])


@pytest.fixture
def model(tasks: MultiTaskModel) -> keras.Model:
    return tasks.build(build_extractor(32))


def test_the_loss_is_that_of_labels_plus_tempered_divergence(tasks):
    random = np.random.default_rng(1)
    outputs = random.normal(0, 3, (5, 4 + 2000)).astype(np.float32)
    labels = np.array([0, 1, 2, 3, 0])
    student, teacher = outputs[:, 4:1004], outputs[:, 1004:]

    loss = tasks.loss(labels, outputs)

    own = -np.log(softmax(outputs[:, :4])[np.arange(5), labels]).mean()
    p, q = softmax(teacher / 2.0), softmax(student / 2.0)
    divergence = (p * np.log(p / q)).sum(axis=1).mean()
    assert float(loss) == pytest.approx(own + 0.5 * 4.0 * divergence, rel=1e-4)


def test_agreement_is_of_the_best_class_of_each():
    outputs = np.zeros((4, 2000), np.float32)
    outputs[np.arange(4), [5, 6, 7, 8]] = 1.0
    outputs[np.arange(4), [1005, 1006, 1007, 1009]] = 1.0

    assert float(agreement(None, outputs)) == 0.75


def test_a_step_moves_student_and_extractor_but_not_the_teacher(model, tasks):
    teacher = model.get_layer("teacher")
    before = [w.copy() for w in teacher.get_weights()]
    model.compile(keras.optimizers.Adam(1e-2), loss=tasks.loss)
    student = model.get_layer("student").get_weights()[0].copy()
    first = model.get_layer("extractor").get_weights()[0].copy()

    model.train_on_batch(np.random.rand(2, 32, 32, 3) * 2 - 1, np.array([0, 1]))

    assert np.abs(model.get_layer("student").get_weights()[0] - student).max() > 0
    assert np.abs(model.get_layer("extractor").get_weights()[0] - first).max() > 0
    for old, new in zip(before, teacher.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)


def test_the_initial_student_predicts_as_a_linear_teacher(model):
    random = np.random.default_rng(2)
    features = random.random((3000, 1024), np.float32)
    teacher = features @ random.normal(0, 1, (1024, 1000)).astype(np.float32)

    initialise_student(model, features, teacher)

    predicted = model.get_layer("student")(features).numpy()
    assert (predicted.argmax(axis=1) == teacher.argmax(axis=1)).mean() > 0.95
