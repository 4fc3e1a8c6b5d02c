from dataclasses import replace

import numpy as np
import pytest

from training.scenes.calibration import (
    cross_entropy,
    expected_calibration_error,
    fit_calibrated,
)
from training.scenes.fit import SceneConfig, fit_scenes
from training.scenes.scene_head import SceneHead
from training.scenes.views import Scenes

CLASSES, WIDTH = 4, 32
CONFIG = SceneConfig(epochs=20, batch=32, learning_rate=0.02)


def scenes(photos=160, views=3, seed=0):
    """Photos of a class are noise around its own pattern."""
    random = np.random.default_rng(seed)
    patterns = np.random.default_rng(9).uniform(0, 120, (CLASSES, WIDTH))
    labels = np.arange(photos) % CLASSES
    noise = random.normal(0, 25, (photos, views, WIDTH))
    features = (patterns[labels][:, None] + noise).clip(0, 255).astype(np.uint8)
    return Scenes(features, labels, tuple("abcd"))


def test_it_learns_classes():
    head = fit_scenes(scenes(), CONFIG)
    test = scenes(seed=1)
    answers = head.logits(test.features[:, 0]).argmax(axis=1)
    assert (answers == test.labels).mean() > 0.95


def test_brightness_does_not_matter():
    head = fit_scenes(scenes(), CONFIG)
    features = scenes(seed=1).features[:, 0] // 4
    np.testing.assert_allclose(
        head.logits(features * 4), head.logits(features), rtol=1e-4, atol=1e-4
    )


def test_the_temperature_makes_it_as_sure_as_it_is_right():
    test = scenes(seed=1)
    plain = fit_scenes(scenes(), CONFIG).logits(test.features[:, 0])
    calibrated = fit_calibrated(scenes(), CONFIG).logits(test.features[:, 0])
    assert cross_entropy(calibrated, test.labels) < cross_entropy(plain, test.labels)
    assert (calibrated.argmax(axis=1) == plain.argmax(axis=1)).all()


def test_the_temperature_is_of_the_photos_that_are_held():
    learned = scenes()
    odd = learned.labels.copy()
    held = np.arange(len(odd)) % 3 == 0
    odd[held] = np.roll(odd[held], 1)  # answers about these are wrong
    unsure = fit_calibrated(replace(learned, labels=odd), CONFIG, held)
    sure = fit_calibrated(learned, CONFIG, held)
    features = scenes(seed=1).features[:, 0]
    assert unsure.probabilities(features).max(axis=1).mean() < 0.8
    assert sure.probabilities(features).max(axis=1).mean() > 0.9


def test_calibration_error():
    probabilities = np.array([[0.8, 0.2]] * 10)
    labels = np.array([0] * 8 + [1] * 2)
    assert expected_calibration_error(probabilities, labels) == pytest.approx(0)
    assert expected_calibration_error(probabilities, labels * 0) == pytest.approx(0.2)


def test_probabilities_of_large_logits():
    head = SceneHead(np.zeros((2, 2), np.float32), np.array([1000.0, 0.0], np.float32))
    features = np.array([[3, 4]], np.uint8)
    assert head.probabilities(features) == pytest.approx(np.array([[1, 0]]))
