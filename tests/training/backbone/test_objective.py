from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from training.backbone.classifier import Labels
from training.backbone.config import BackboneConfig, Distillation, Following
from training.backbone.distillation import Pupil
from training.backbone.following import Follower
from training.backbone.mobilenet import build_extractor
from training.backbone.objective import Objective, objective_of

LABELS = np.array([0, 1, 2, 3, 0])
FOLLOWED = np.random.default_rng(1).normal(0, 2, (30, 6)).astype(np.float32)


@pytest.fixture
def objective(small_config, weights_data: Path) -> Objective:
    pupil = Pupil(Distillation(weight=0.5, temperature=2.0), weights_data)
    follower = Follower(Following("everyday-178", weight=3.0), FOLLOWED)
    return Objective([Labels(small_config, 3), pupil, follower])


def log_softmax(logits: np.ndarray) -> np.ndarray:
    return logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))


def truth_with(features: np.ndarray) -> np.ndarray:
    labels = LABELS[: len(features), None]
    return np.concatenate([labels, features], axis=1).astype(np.float32)


def test_the_loss_sums_those_of_each_lesson_s_own_outputs(objective):
    random = np.random.default_rng(2)
    outputs = random.normal(0, 2, (5, 4 + 2000 + 6)).astype(np.float32)
    features = FOLLOWED[:5]

    loss = objective.loss()(truth_with(features), outputs)

    own, student, taught, told = np.split(outputs.astype(float), [4, 1004, 2004], 1)
    on_labels = -log_softmax(own)[np.arange(5), LABELS].mean()
    student, taught = log_softmax(student / 2.0), log_softmax(taught / 2.0)
    divergence = (np.exp(taught) * (taught - student)).sum(axis=1).mean()
    error = (((told - features) / FOLLOWED.std(axis=0)) ** 2).mean()
    by_hand = on_labels + 0.5 * 4.0 * divergence + 3.0 * error
    assert float(loss) == pytest.approx(by_hand, rel=1e-4)


def test_each_lesson_s_loss_is_of_its_own_outputs_alone(objective):
    labels, pupil, follower = objective.lessons
    outputs = np.zeros((5, 2010), np.float32)
    truth = truth_with(np.zeros((5, 6)))
    off = follower.units  # by one deviation

    assert float(labels.loss(truth, outputs[:, :4])) == pytest.approx(np.log(4))
    assert float(labels.loss(LABELS, outputs[:, :4])) == pytest.approx(np.log(4))
    assert float(pupil.loss(truth, outputs[:, 4:2004])) == 0.0
    assert float(follower.loss(truth, outputs[:, 2004:] + off)) == pytest.approx(3.0)


def test_the_metric_is_that_of_the_pupil_s_outputs_and_keeps_its_name(objective):
    outputs = np.full((4, 2010), -1.0, np.float32)
    outputs[:, :4], outputs[:, 2004:] = 9.0, 9.0  # of other lessons
    outputs[np.arange(4), [14, 15, 16, 17]] = 1.0
    outputs[np.arange(4), [1014, 1015, 1016, 1018]] = 1.0

    (metric,) = objective.metrics()

    assert metric.__name__ == "agreement"
    assert float(metric(LABELS[:4], outputs)) == 0.75


def test_a_step_moves_all_that_learns_and_not_the_teacher(objective):
    model = objective.network(build_extractor(32))
    model.compile(
        keras.optimizers.Adam(1e-2), objective.loss(), metrics=objective.metrics()
    )
    assert model.output_shape == (None, 2010)
    layers = ("extractor", "photo_classifier", "student", "follower", "teacher")
    before = {name: model.get_layer(name).get_weights() for name in layers}
    photos = np.random.default_rng(3).uniform(-1, 1, (5, 32, 32, 3))

    logs = model.train_on_batch(photos, truth_with(FOLLOWED[:5]), return_dict=True)

    assert logs.keys() == {"loss", "agreement"}
    after = {name: model.get_layer(name).get_weights() for name in layers}
    moved = {
        name
        for name in layers
        if any((b != a).any() for b, a in zip(before[name], after[name], strict=True))
    }
    assert moved == set(layers) - {"teacher"}


@pytest.mark.parametrize("fields", [{}, {"distillation": Distillation(1.0, 2.0)}])
def test_only_what_a_config_names_is_learnt_from(
    small_config: BackboneConfig, tmp_path: Path, fields: dict
):
    config = replace(small_config, **fields)

    objective = objective_of(config, 3, tmp_path, np.empty((0, 32, 32, 3)), np.empty(0))

    assert len(objective.lessons) == 1 + len(fields)
    assert objective.followed is None
