"""Learning from the pretrained classifier, so that fine-tuning forgets nothing."""

from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np
from keras import ops

from training.backbone.config import Distillation
from training.backbone.lesson import Beginning, Metric, Tensor
from training.backbone.linear_start import start_line
from training.backbone.mobilenet import TAUGHT_CLASSES, build_teacher

STUDENT = "student"
RIDGE = 3.0
"""Penalty of the start's least squares, in units of a photo of standard features."""


class Pupil:
    """The lesson of the pretrained classifier: a linear student of its answers.

    The loss is T^2 KL(softmax(t / T) || softmax(s / T)) of Hinton, Vinyals and Dean
    (2015), for the logits t of the teacher and s of the student.

    Args:
        distillation: Weight and temperature T.
        data: Where pretrained weights may lie.
        precision: The teacher's while it teaches; see `in_precision`.
        unread: How many of the last features the student does not read.

    Attributes:
        width: The student's logits, then the teacher's.
        metrics: How often the two agree.
    """

    width = 2 * TAUGHT_CLASSES

    def __init__(
        self,
        distillation: Distillation,
        data: Path,
        precision: str | None = None,
        unread: int = 0,
    ) -> None:
        self.distillation = distillation
        self.data = data
        self.precision = precision
        self.unread = unread
        self.metrics: Sequence[Metric] = (agreement,)

    def outputs(self, photos: Tensor, features: Tensor) -> tuple[Tensor, ...]:
        """Put a student on the features, and the teacher, which stays as it is."""
        student = keras.layers.Dense(TAUGHT_CLASSES, dtype="float32", name=STUDENT)
        teacher = build_teacher(photos.shape[1], self.data, self.precision)
        read = features[:, : features.shape[1] - self.unread]
        return student(read), teacher(photos, training=False)

    def start(self, model: keras.Model, beginning: Beginning) -> None:
        """Start the student from least squares on all training photos."""
        teacher = build_teacher(beginning.extractor.input_shape[1], self.data)
        taught = beginning.answers(teacher, beginning.training_rows)
        features = beginning.training_features
        read = features.shape[1] - self.unread
        start_student(model, features[:, :read], taught)

    def loss(self, truth: Tensor, outputs: Tensor) -> Tensor:
        """Give the weighted divergence of the student from the teacher."""
        student, taught = ops.split(outputs, 2, axis=-1)
        temperature = self.distillation.temperature
        taught = ops.stop_gradient(taught) / temperature
        difference = ops.log_softmax(taught) - ops.log_softmax(student / temperature)
        divergence = ops.mean(ops.sum(ops.softmax(taught) * difference, axis=-1))
        return self.distillation.weight * temperature**2 * divergence


def agreement(y_true: Tensor, y_pred: Tensor) -> Tensor:
    """Share of the batch where student and teacher name the same class.

    Args:
        y_true: Not looked at.
        y_pred: As from `Pupil`: float (batch, 2000).
    """
    student, taught = ops.split(y_pred, 2, axis=-1)
    same = ops.equal(ops.argmax(student, axis=-1), ops.argmax(taught, axis=-1))
    return ops.mean(ops.cast(same, "float32"))


def start_student(model: keras.Model, features: np.ndarray, taught: np.ndarray) -> None:
    """Start the student from least squares on the teacher's answers.

    The first steps then change the features little; nothing of the teacher's own
    weights is copied.

    Args:
        model: Has the student.
        features: float (photos, read) of the extractor it starts with.
        taught: The teacher's logits (photos, 1000) of the same photos.
    """
    start_line(model, STUDENT, features, lambda x: least_squares(x, taught, RIDGE))


def least_squares(
    features: np.ndarray, taught: np.ndarray, penalty: float
) -> tuple[np.ndarray, np.ndarray]:
    """Fit a linear student to the teacher's logits by ridge regression.

    Args:
        features: Standardised, float (photos, dimension).
        taught: The teacher's logits (photos, classes) of the same photos.
        penalty: Of the squared weights, in units of a photo of standard features.

    Returns:
        Kernel (dimension, classes) and bias (classes,).
    """
    # A shift of all logits of a photo is no answer: only their differences are.
    taught = taught - taught.mean(axis=1, keepdims=True)
    mean, offset = features.mean(axis=0), taught.mean(axis=0)
    features = features - mean
    covariance = features.T @ features
    covariance += penalty * np.eye(len(covariance), dtype=covariance.dtype)
    kernel = np.linalg.solve(covariance, features.T @ (taught - offset))
    return kernel, offset - mean @ kernel
