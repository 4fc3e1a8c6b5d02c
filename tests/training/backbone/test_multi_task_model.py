from pathlib import Path

import keras
import numpy as np
import pytest

from training.backbone.config import (
    BackboneConfig,
    DistillationLoss,
    FeatureDistillationLoss,
    LabelLoss,
    Stage,
)
from training.backbone.distillation import DistillationTerm
from training.backbone.feature_distillation import FeatureDistillationTerm
from training.backbone.label_loss import LabelTerm
from training.backbone.mobilenet import build_extractor
from training.backbone.multi_task_model import MultiTaskModel, multi_task_model

LABELS = np.array([0, 1, 2, 3, 0])
TEACHER_FEATURES = np.random.default_rng(1).normal(0, 2, (30, 6)).astype(np.float32)


@pytest.fixture
def tasks(weights_data: Path) -> MultiTaskModel:
    labels = LabelTerm(LabelLoss(), 3, seed=1)
    distillation = DistillationTerm(
        DistillationLoss(weight=0.5, temperature=2.0), weights_data
    )
    features = FeatureDistillationTerm(
        FeatureDistillationLoss("everyday-178", weight=3.0), TEACHER_FEATURES
    )
    return MultiTaskModel([labels, distillation, features])


def log_softmax(logits: np.ndarray) -> np.ndarray:
    return logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))


def targets_with(features: np.ndarray) -> np.ndarray:
    labels = LABELS[: len(features), None]
    return np.concatenate([labels, features], axis=1).astype(np.float32)


def test_the_loss_sums_those_of_each_term_s_own_outputs(tasks):
    random = np.random.default_rng(2)
    outputs = random.normal(0, 2, (5, 4 + 2000 + 6)).astype(np.float32)
    features = TEACHER_FEATURES[:5]

    loss = tasks.loss(targets_with(features), outputs)

    own, student, teacher, mapped = np.split(
        outputs.astype(float), [4, 1004, 2004], axis=1
    )
    on_labels = -log_softmax(own)[np.arange(5), LABELS].mean()
    student, teacher = log_softmax(student / 2.0), log_softmax(teacher / 2.0)
    divergence = (np.exp(teacher) * (teacher - student)).sum(axis=1).mean()
    error = (((mapped - features) / TEACHER_FEATURES.std(axis=0)) ** 2).mean()
    by_hand = on_labels + 0.5 * 4.0 * divergence + 3.0 * error
    assert float(loss) == pytest.approx(by_hand, rel=1e-4)


def test_each_term_s_loss_is_of_its_own_outputs_alone(tasks):
    labels, distillation, features = tasks.terms
    outputs = np.zeros((5, 2010), np.float32)
    targets = targets_with(np.zeros((5, 6)))
    off = features.units  # by one deviation

    assert float(labels.loss(targets, outputs[:, :4])) == pytest.approx(np.log(4))
    assert float(labels.loss(LABELS, outputs[:, :4])) == pytest.approx(np.log(4))
    assert float(distillation.loss(targets, outputs[:, 4:2004])) == 0.0
    assert float(features.loss(targets, outputs[:, 2004:] + off)) == pytest.approx(3.0)


def test_the_metric_is_of_the_student_s_outputs_and_keeps_its_name(tasks):
    outputs = np.full((4, 2010), -1.0, np.float32)
    outputs[:, :4], outputs[:, 2004:] = 9.0, 9.0  # of other terms
    outputs[np.arange(4), [14, 15, 16, 17]] = 1.0
    outputs[np.arange(4), [1014, 1015, 1016, 1018]] = 1.0

    (metric,) = tasks.metrics()

    assert metric.__name__ == "agreement"
    assert float(metric(LABELS[:4], outputs)) == 0.75


def test_a_step_moves_everything_but_the_teacher(tasks):
    model = tasks.build(build_extractor(32))
    model.compile(keras.optimizers.Adam(1e-2), tasks.loss, metrics=tasks.metrics())
    assert model.output_shape == (None, 2010)
    layers = ("extractor", "photo_classifier", "student", "feature_map", "teacher")
    before = {name: model.get_layer(name).get_weights() for name in layers}
    photos = np.random.default_rng(3).uniform(-1, 1, (5, 32, 32, 3))

    targets = targets_with(TEACHER_FEATURES[:5])
    logs = model.train_on_batch(photos, targets, return_dict=True)

    assert logs.keys() == {"loss", "agreement"}
    after = {name: model.get_layer(name).get_weights() for name in layers}
    moved = {
        name
        for name in layers
        if any((b != a).any() for b, a in zip(before[name], after[name], strict=True))
    }
    assert moved == set(layers) - {"teacher"}


@pytest.mark.parametrize("further", [(), (DistillationLoss(1.0, 2.0),)])
def test_a_model_has_the_losses_that_its_config_names(tmp_path: Path, further: tuple):
    stages = (Stage(22, epochs=1, learning_rate=1e-3, crop_size=32, decay=True),)
    config = BackboneConfig("small", (LabelLoss(), *further), stages)

    tasks = multi_task_model(config, 3, tmp_path, np.empty((0, 32, 32, 3), np.uint8))

    assert len(tasks.terms) == 1 + len(further)
    assert tasks.teacher_extractor is None
