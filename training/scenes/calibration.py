"""Probabilities that mean what they say: one temperature (Guo and others, 2017)."""

from dataclasses import replace

import numpy as np
from scipy.special import softmax

from training.metrics import calibration
from training.scenes.fit import SceneConfig, fit_scenes
from training.scenes.scene_head import SceneHead
from training.scenes.views import Scenes

FOLDS = 5
TEMPERATURES = np.geomspace(0.2, 2.0, 61)


def fit_calibrated(
    scenes: Scenes, config: SceneConfig, held: np.ndarray | None = None
) -> SceneHead:
    """Train a classifier whose probabilities are calibrated.

    The temperature is fitted on a fifth of the photos, for a classifier that was
    trained on the others; label smoothing and mixup make it less sure than it is right.

    Args:
        scenes: Features of views of labelled photos.
        config: How it is trained.
        held: Photos that the temperature is fitted on, bool `(photos,)`; a fifth if
            None. Of an extractor that learned from scenes those that it did not see.
    """
    if held is None:
        held = np.arange(len(scenes.labels)) % FOLDS == 0
    part = replace(scenes, features=scenes.features[~held], labels=scenes.labels[~held])
    logits = fit_scenes(part, config).logits(scenes.features[held, 0])
    best = min(
        TEMPERATURES, key=lambda t: cross_entropy(logits / t, scenes.labels[held])
    )
    head = fit_scenes(scenes, config)
    return SceneHead(head.kernel / np.float32(best), head.bias / np.float32(best))


def cross_entropy(logits: np.ndarray, labels: np.ndarray) -> float:
    """Return the mean of -log p of the labels."""
    probabilities = softmax(logits, axis=1)[np.arange(len(labels)), labels]
    return float(-np.log(np.maximum(probabilities, 1e-12)).mean())


def expected_calibration_error(
    probabilities: np.ndarray, labels: np.ndarray, bins: int = 10
) -> float:
    """Return the mean distance of confidence and accuracy of the first answers.

    Args:
        probabilities: `(photos, classes)`.
        labels: Right classes `(photos,)`.
        bins: Number of equal parts of confidences.
    """
    right = probabilities.argmax(axis=1) == labels
    sums = calibration.bin_sums(probabilities.max(axis=1), right, bins)
    return float(calibration.expected_calibration_error(sums[None])[0])
