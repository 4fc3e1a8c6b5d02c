import keras
import numpy as np
import pytest

from training.backbone.config import LabelLoss
from training.backbone.label_loss import LabelTerm
from training.backbone.mobilenet import build_extractor
from training.backbone.multi_task_model import MultiTaskModel
from training.backbone.probe import top1
from training.losses import weighted_binary_crossentropy


@pytest.mark.parametrize(("objective", "outputs"), [("softmax", 4), ("sigmoid", 3)])
def test_only_softmax_has_an_output_for_the_background(objective, outputs):
    term = LabelTerm(LabelLoss(objective), 3, seed=1)

    model = MultiTaskModel([term]).build(build_extractor(32))

    assert model.output_shape == (None, outputs)
    logits = np.zeros((2, outputs), np.float32)
    assert np.isfinite(float(term.loss(np.array([0, 3]), logits)))


def test_weighted_cross_entropy_by_hand():
    labels = np.array([[1, 0]])
    logits = np.array([[0.0, np.log(3.0)]], np.float32)  # probabilities 1/2 and 3/4

    loss = weighted_binary_crossentropy(labels, logits, positive_weight=36.0)

    assert float(loss) == pytest.approx((36 * np.log(2) + np.log(4)) / 2, rel=1e-6)


def test_a_background_photo_has_no_positive():
    logits = np.array([[2.0, -1.0, 0.5]], np.float32)

    config = LabelLoss("sigmoid", positive_weight=1000.0)
    loss = LabelTerm(config, 3, seed=1).loss(np.array([3]), logits)

    assert float(loss) == pytest.approx(
        float(np.log1p(np.exp(logits)).mean()), rel=1e-5
    )


def test_top1_excludes_the_background_on_both_sides():
    logits = np.array([[3, 1, 9], [1, 2, 0], [5, 0, 0], [9, 0, 0]])  # last: background
    labels = np.array([0, 1, 1, 2])

    assert top1(logits, labels, categories=2) == pytest.approx(2 / 3)


def test_dropout_and_gradient_reach_the_extractor():
    tasks = MultiTaskModel([LabelTerm(LabelLoss(), 3, seed=1)])
    model = tasks.build(build_extractor(32))
    model.compile(keras.optimizers.Adam(1e-2), loss=tasks.loss)
    head = model.get_layer("photo_classifier")
    head.set_weights([np.ones((1024, 4)), np.arange(4.0)])
    extractor = model.get_layer("extractor")
    before = extractor.get_weights()[0].copy()

    model.train_on_batch(np.random.rand(2, 32, 32, 3) * 2 - 1, np.array([0, 1]))

    assert np.abs(extractor.get_weights()[0] - before).max() > 0
