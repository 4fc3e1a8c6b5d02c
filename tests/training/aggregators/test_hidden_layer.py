"""A hidden layer separates what a linear classifier cannot; same seed, same layer."""

import numpy as np
import pytest

from training.aggregators.hidden_layer import NETWORKS, learn_hidden_layer
from training.aggregators.photo_classifier import LinearInputs, fit_photo_classifier

PHOTOS, UNITS, CLASSES = 800, 24, 3


@pytest.fixture(scope="module")
def signs() -> np.ndarray:
    return np.random.default_rng(1).uniform(-1, 1, (PHOTOS, 2))


@pytest.fixture(scope="module")
def photos(signs: np.ndarray) -> np.ndarray:
    """Each sign in twelve noisy features, since half of the features are dropped."""
    noise = np.random.default_rng(2).normal(0, 0.1, (PHOTOS, 24))
    return (signs.repeat(12, axis=1) + noise).astype(np.float32)


@pytest.fixture(scope="module")
def labels(signs: np.ndarray) -> np.ndarray:
    """Whether both signs are the same: not linearly separable."""
    return (signs.prod(axis=1) > 0).astype(np.int64)


def test_separates_what_is_not_linearly_separable(photos, labels):
    train, test = slice(0, 600), slice(600, None)
    hidden = learn_hidden_layer(photos[train], labels[train], CLASSES, UNITS, seed=1)
    fitted = [
        fit_photo_classifier(photos[train], labels[train], CLASSES, 1e-4, 1e-2, 60, one)
        for one in (None, hidden)
    ]

    linear, beside = (
        (one.logits(photos[test]).argmax(axis=1) == labels[test]).mean()
        for one in fitted
    )

    assert linear < 0.65
    assert beside > 0.85


def test_the_classifier_is_the_mean_of_one_of_features_and_one_of_units(photos, labels):
    hidden = learn_hidden_layer(photos, labels, CLASSES, UNITS, seed=1)
    line = LinearInputs(limit=0.8, start=4)
    arguments = labels, CLASSES, 1e-3, 1e-2, 30

    both = fit_photo_classifier(photos, *arguments, hidden, line)

    alone = [
        fit_photo_classifier(part, *arguments).logits(part)
        for part in (line(photos), hidden(photos))
    ]
    assert both.kernel.shape == (20 + UNITS, CLASSES)
    np.testing.assert_allclose(both.logits(photos), np.mean(alone, axis=0), atol=1e-4)


def test_units_are_as_large_as_the_features(photos, labels):
    hidden = learn_hidden_layer(photos, labels, CLASSES, UNITS, seed=1)

    assert hidden(photos).shape == (PHOTOS, UNITS)
    of_networks = np.split(hidden(photos), NETWORKS, axis=1)
    sizes = [np.sqrt((units**2).mean() / (photos**2).mean()) for units in of_networks]
    np.testing.assert_allclose(sizes, 1, rtol=1e-4)


def test_the_same_seed_learns_the_same_layer(photos, labels):
    learnt = [
        learn_hidden_layer(photos[:300], labels[:300], 3, 4, s) for s in (1, 1, 2)
    ]

    np.testing.assert_array_equal(learnt[0].kernel, learnt[1].kernel)
    assert (learnt[0].kernel != learnt[2].kernel).any()
