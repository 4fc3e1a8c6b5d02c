from dataclasses import replace

import keras
import numpy as np
import pytest

from training.backbone.classifier import Labels
from training.backbone.hidden_head import STANDARD
from training.backbone.lesson import Beginning
from training.backbone.mobilenet import build_extractor
from training.backbone.objective import Objective

CLASSES = 4


@pytest.fixture(scope="module")
def rings() -> tuple[np.ndarray, np.ndarray]:
    """Features whose class is in what pair of corners they lie: no plane parts them."""
    random = np.random.default_rng(1)
    signs = random.integers(0, 2, (1200, 3))
    features = np.full((1200, 256), 5.0)
    features[:, :3] += np.where(signs == 1, 2.0, -2.0) + random.normal(
        0, 0.3, (1200, 3)
    )
    labels = (signs[:, 0] ^ signs[:, 1]) + 2 * (signs[:, 0] ^ signs[:, 2])
    return features.astype(np.float32), labels


def begin(extractor: keras.Model, rings) -> Beginning:
    features, labels = rings
    rows = np.arange(len(features))
    return Beginning(
        extractor,
        lambda _, asked: features[asked],
        rows[:100],
        rows,
        labels,
        probe=lambda: pytest.fail("a hidden layer starts from no line"),
    )


def head_of(config, rings) -> keras.Model:
    """What the network makes of features: its layers behind the extractor."""
    extractor = build_extractor(32, 0.25)
    objective = Objective([Labels(config, CLASSES - 1)])
    network = objective.network(extractor)
    objective.start(network, begin(extractor, rings))
    behind = keras.Input((256,))
    told = behind
    for name in (STANDARD, "hidden_units", "photo_classifier"):
        told = network.get_layer(name)(told)
    return keras.Model(behind, told)


def test_the_head_starts_trained_to_tell_what_no_plane_parts(small_config, rings):
    features, labels = rings
    config = replace(small_config, head_units=64)

    head = head_of(config, rings)

    told = head(features).numpy().argmax(axis=1)
    assert (told == labels).mean() > 0.9
    for one, other in zip(
        head.get_weights(), head_of(config, rings).get_weights(), strict=True
    ):
        np.testing.assert_array_equal(one, other)


def test_sigmoid_has_the_first_classes_of_the_start(small_config, rings):
    config = replace(small_config, head_units=8)

    logits = head_of(config, rings)(rings[0]).numpy()
    fewer = head_of(replace(config, objective="sigmoid"), rings)(rings[0]).numpy()

    assert fewer.shape == (1200, CLASSES - 1)
    np.testing.assert_allclose(fewer, logits[:, :-1], rtol=1e-5, atol=1e-5)


def test_without_a_start_of_the_head_features_are_standard_and_logits_zero(
    small_config, rings
):
    features = rings[0]
    config = replace(small_config, head_units=8, probe_start=False)

    head = head_of(config, rings)

    standard = head.get_layer(STANDARD)
    deviation = features[:100].std(axis=0) + 1e-3
    by_hand = (features - features[:100].mean(axis=0)) / deviation
    np.testing.assert_allclose(
        standard(features), by_hand.clip(-3, 3), rtol=1e-3, atol=1e-3
    )
    assert not standard.trainable_weights
    assert (head(features).numpy() == 0).all()
