from dataclasses import replace

import keras
import numpy as np
import pytest

from training.backbone.config import LabelLoss
from training.backbone.hidden_head import STANDARD
from training.backbone.label_loss import LabelTerm
from training.backbone.loss_term import InitContext
from training.backbone.mobilenet import build_extractor
from training.backbone.multi_task_model import MultiTaskModel

CLASSES = 4


@pytest.fixture(scope="module")
def rings() -> tuple[np.ndarray, np.ndarray]:
    """Features whose class is a pair of corners: not linearly separable."""
    random = np.random.default_rng(1)
    signs = random.integers(0, 2, (1200, 3))
    features = np.full((1200, 256), 5.0)
    features[:, :3] += np.where(signs == 1, 2.0, -2.0) + random.normal(
        0, 0.3, (1200, 3)
    )
    labels = (signs[:, 0] ^ signs[:, 1]) + 2 * (signs[:, 0] ^ signs[:, 2])
    return features.astype(np.float32), labels


def context_of(extractor: keras.Model, rings) -> InitContext:
    features, labels = rings
    rows = np.arange(len(features))
    return InitContext(
        extractor,
        lambda _, asked: features[asked],
        rows[:100],
        rows,
        labels,
        linear_probe=lambda: pytest.fail("a hidden layer needs no linear probe"),
    )


def head_of(config: LabelLoss, rings) -> keras.Model:
    """The layers of the network after the extractor."""
    extractor = build_extractor(32, 0.25)
    tasks = MultiTaskModel([LabelTerm(config, CLASSES - 1, seed=1)])
    network = tasks.build(extractor)
    tasks.initialise(network, context_of(extractor, rings))
    features = keras.Input((256,))
    output = features
    for name in (STANDARD, "hidden_units", "photo_classifier"):
        output = network.get_layer(name)(output)
    return keras.Model(features, output)


def test_the_head_starts_trained_on_classes_that_are_not_linearly_separable(rings):
    features, labels = rings
    config = LabelLoss(hidden_units=64)

    head = head_of(config, rings)

    found = head(features).numpy().argmax(axis=1)
    assert (found == labels).mean() > 0.9
    for one, other in zip(
        head.get_weights(), head_of(config, rings).get_weights(), strict=True
    ):
        np.testing.assert_array_equal(one, other)


def test_sigmoid_has_the_first_classes_of_the_init(rings):
    config = LabelLoss(hidden_units=8)

    logits = head_of(config, rings)(rings[0]).numpy()
    fewer = head_of(replace(config, objective="sigmoid"), rings)(rings[0]).numpy()

    assert fewer.shape == (1200, CLASSES - 1)
    np.testing.assert_allclose(fewer, logits[:, :-1], rtol=1e-5, atol=1e-5)


def test_without_a_fitted_init_features_are_standard_and_logits_zero(rings):
    features = rings[0]
    config = LabelLoss(hidden_units=8, fitted_init=False)

    head = head_of(config, rings)

    standard = head.get_layer(STANDARD)
    deviation = features[:100].std(axis=0) + 1e-3
    by_hand = (features - features[:100].mean(axis=0)) / deviation
    np.testing.assert_allclose(
        standard(features), by_hand.clip(-3, 3), rtol=1e-3, atol=1e-3
    )
    assert not standard.trainable_weights
    assert (head(features).numpy() == 0).all()
