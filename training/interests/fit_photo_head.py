"""Fits the new head of the photo classifier beside a student that stays as it is.

AdamW is written out in NumPy, since released bundles are rebuilt from the photos byte
for byte with it. Keras' AdamW with the same settings reaches the same cross-entropy on
photos that it was not fitted on, and differs in first kinds as another seed does: it
can take this place together with a new release.
"""

import logging
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

logger = logging.getLogger(__name__)
BETAS = (0.9, 0.999)
EPSILON = 1e-8


@dataclass(frozen=True)
class HeadConfig:
    """How the new head learns.

    Attributes:
        epochs: Passes over the photos.
        learning_rate: Adam's at the start; it falls to 0 along a cosine. Scale and
            offset of the student learn five times as fast.
        weight_decay: Decoupled, of the kernel.
        dropout: Share of the features that a step does not see.
        batch_size: Photos in a step.
        seed: Of shuffling and dropout.
    """

    epochs: int = 6
    learning_rate: float = 1e-3
    weight_decay: float = 0.02
    dropout: float = 0.3
    batch_size: int = 256
    seed: int = 0


class NewHead(NamedTuple):
    """What is fitted; see `PhotoHead` for the shapes."""

    kernel: np.ndarray
    bias: np.ndarray
    student_scale: np.ndarray


def fit_new_head(
    photos: np.ndarray,
    student_logits: np.ndarray,
    targets: np.ndarray,
    config: HeadConfig,
) -> NewHead:
    """Minimise the cross-entropy of one softmax over student and new head.

    Args:
        photos: Standardised, cut features, float32 `(photos, D)`.
        student_logits: float32 `(photos, S)`.
        targets: Distribution over the S classes and the M outputs of the new head,
            float32 `(photos, S + M)`.
        config: How.

    Raises:
        ValueError: The arrays differ in the number of photos.
    """
    counts = {len(photos), len(student_logits), len(targets)}
    if len(counts) != 1:
        raise ValueError(
            "photos, student_logits, targets: expected one number of photos, received "
            f"{len(photos)}, {len(student_logits)}, {len(targets)}"
        )
    classes = student_logits.shape[1]
    random = np.random.default_rng(config.seed)
    shape = photos.shape[1], targets.shape[1] - classes
    weights = [
        np.zeros(shape, np.float32),
        np.zeros(shape[1], np.float32),
        np.array([1, 0], np.float32),
    ]
    first, second = ([np.zeros_like(one) for one in weights] for _ in range(2))
    step, steps = 0, config.epochs * -(-len(photos) // config.batch_size)
    for epoch in range(config.epochs):
        order, loss = random.permutation(len(photos)), 0.0
        for start in range(0, len(order), config.batch_size):
            rows = order[start : start + config.batch_size]
            inputs = photos[rows]
            if config.dropout:
                keep = random.random(inputs.shape, np.float32) > config.dropout
                inputs = inputs * keep / np.float32(1 - config.dropout)
            batch = inputs, student_logits[rows], targets[rows]
            gradients, one = _gradients(weights, batch)
            loss += one
            step += 1
            rate = config.learning_rate * (1 + np.cos(np.pi * step / steps)) / 2
            _adam(weights, gradients, (first, second), step, rate)
            weights[0] *= np.float32(1 - rate * config.weight_decay)
        logger.info("epoch %d: cross-entropy %.4f", epoch + 1, loss / len(photos))
    return NewHead(*weights)


def _gradients(
    weights: list[np.ndarray], batch: tuple[np.ndarray, np.ndarray, np.ndarray]
) -> tuple[list[np.ndarray], float]:
    kernel, bias, (scale, offset) = weights
    inputs, student, targets = batch
    logits = np.hstack([scale * student + offset, inputs @ kernel + bias])
    logits -= logits.max(axis=1, keepdims=True)
    chances = np.exp(logits)
    chances /= chances.sum(axis=1, keepdims=True)
    loss = -float((targets * np.log(chances + 1e-9)).sum())
    error = (chances - targets) / np.float32(len(inputs))
    of_student, of_new = np.split(error, [student.shape[1]], axis=1)
    gradients = [
        inputs.T @ of_new,
        of_new.sum(axis=0),
        np.array([(of_student * student).sum(), of_student.sum()], np.float32),
    ]
    return gradients, loss


def _adam(
    weights: list[np.ndarray],
    gradients: list[np.ndarray],
    moments: tuple[list[np.ndarray], list[np.ndarray]],
    step: int,
    rate: float,
) -> None:
    for number, (weight, gradient) in enumerate(zip(weights, gradients, strict=True)):
        mean, square = moments[0][number], moments[1][number]
        mean += (1 - BETAS[0]) * (gradient - mean)
        square += (1 - BETAS[1]) * (gradient**2 - square)
        deviation = np.sqrt(square / (1 - BETAS[1] ** step)) + EPSILON
        factor = rate * (5 if number == 2 else 1)
        weight -= factor * mean / (1 - BETAS[0] ** step) / deviation
