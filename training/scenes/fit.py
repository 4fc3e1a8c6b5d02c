"""Softmax regression on stored features: dropout, mixup, many views of each photo.

AdamW is written out in NumPy, since the released head of scenes came of it and is
rebuilt byte for byte: Keras' own can take its place together with a new release.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import softmax

from training.scenes.scene_head import SceneHead, normalised
from training.scenes.views import Scenes

Floats = np.ndarray
BETA = (0.9, 0.999)


@dataclass(frozen=True)
class SceneConfig:
    """How the classifier is trained.

    Attributes:
        epochs: Passes over the photos, each with one random view.
        batch: Photos of a step.
        learning_rate: Of AdamW, at the start of a cosine.
        weight_decay: Of AdamW.
        dropout: Share of the features that are dropped.
        mixup: Both parameters of the beta distribution that mixes pairs (Zhang and
            others, 2018).
        smoothing: Share of a target that goes to all classes (Szegedy and others,
            2016).
        seed: Of everything that is random.
    """

    epochs: int = 30
    batch: int = 256
    learning_rate: float = 0.001
    weight_decay: float = 0.3
    dropout: float = 0.6
    mixup: float = 0.4
    smoothing: float = 0.1
    seed: int = 0


def fit_scenes(scenes: Scenes, config: SceneConfig) -> SceneHead:
    """Train a classifier of scenes.

    Args:
        scenes: Features of views of labelled photos.
        config: How it is trained.
    """
    inputs = normalised(scenes.features)
    mean, deviation = inputs[:, 0].mean(0), inputs[:, 0].std(0)
    deviation = deviation + 0.01 * inputs[:, 0].std()
    inputs -= mean
    inputs /= deviation
    kernel, bias = _descend(inputs, scenes.labels, len(scenes.names), config)
    # Standardisation is linear: it goes into the matrix.
    kernel = kernel / deviation[:, None]
    return SceneHead(kernel, bias - mean @ kernel)


def _descend(
    inputs: Floats, labels: Floats, classes: int, config: SceneConfig
) -> tuple[Floats, Floats]:
    random = np.random.default_rng(config.seed)
    photos, views, width = inputs.shape
    kernel = np.zeros((width + 1, classes), np.float32)  # the last row is the bias
    first, second = np.zeros_like(kernel), np.zeros_like(kernel)
    targets = np.eye(classes, dtype=np.float32)[labels]
    targets = targets * (1 - config.smoothing) + config.smoothing / classes
    steps = config.epochs * photos // config.batch
    for step in range(steps):
        rows = random.integers(0, photos, config.batch)
        drawn = inputs[rows, random.integers(0, views, config.batch)]
        mixed, wanted = _mix(drawn, targets[rows], config.mixup, random)
        kept = random.random(mixed.shape, np.float32) >= config.dropout
        mixed = np.pad(mixed * kept / (1 - config.dropout), ((0, 0), (0, 1)))
        mixed[:, -1] = 1
        slope = mixed.T @ (softmax(mixed @ kernel, axis=1) - wanted) / config.batch
        first = BETA[0] * first + (1 - BETA[0]) * slope
        second = BETA[1] * second + (1 - BETA[1]) * slope**2
        rate = config.learning_rate * 0.5 * (1 + np.cos(np.pi * step / steps))
        mean = first / (1 - BETA[0] ** (step + 1))
        scale = np.sqrt(second / (1 - BETA[1] ** (step + 1))) + 1e-8
        kernel -= rate * (mean / scale + config.weight_decay * kernel)
    return kernel[:-1], kernel[-1]


def _mix(
    inputs: Floats, targets: Floats, mixup: float, random: np.random.Generator
) -> tuple[Floats, Floats]:
    share = random.beta(mixup, mixup, (len(inputs), 1)).astype(np.float32)
    other = random.permutation(len(inputs))
    return (
        share * inputs + (1 - share) * inputs[other],
        share * targets + (1 - share) * targets[other],
    )
