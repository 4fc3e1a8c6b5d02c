"""The distillation loss term: a linear student of the pretrained classifier."""

from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np
from keras import ops

from training.arrays import Floats, Tensor
from training.backbone.config import DistillationLoss
from training.backbone.linear_init import LinearMap, initialise_dense
from training.backbone.loss_term import InitContext, Metric
from training.backbone.pretrained import TEACHER_CLASSES, build_teacher

STUDENT = "student"
RIDGE = 3.0
"""Penalty of the initial least squares, in units of one photo's standard features."""


class DistillationTerm:
    """The loss term of the pretrained classifier, for a linear student.

    The loss is T^2 KL(softmax(t / T) || softmax(s / T)) of Hinton, Vinyals and Dean
    (2015), for the logits t of the teacher and s of the student.

    Args:
        config: Weight and temperature T.
        data: Folder with the pretrained weights.
        precision: Precision of the teacher during training; see `in_precision`.
        task_features: Number of the last features that the student does not read.

    Attributes:
        width: The student's logits, then the teacher's.
        metrics: Agreement of the two.
    """

    width = 2 * TEACHER_CLASSES

    def __init__(
        self,
        config: DistillationLoss,
        data: Path,
        precision: str | None = None,
        task_features: int = 0,
    ) -> None:
        self.config = config
        self.data = data
        self.precision = precision
        self.task_features = task_features
        self.metrics: Sequence[Metric] = (agreement,)

    def outputs(self, photos: Tensor, features: Tensor) -> tuple[Tensor, ...]:
        """Build the student on the features, and add the teacher, frozen."""
        student = keras.layers.Dense(TEACHER_CLASSES, dtype="float32", name=STUDENT)
        teacher = build_teacher(photos.shape[1], self.data, self.precision)
        read = features[:, : features.shape[1] - self.task_features]
        return student(read), teacher(photos, training=False)

    def initialise(self, model: keras.Model, context: InitContext) -> None:
        """Initialise the student by least squares on all training photos."""
        teacher = build_teacher(context.extractor.input_shape[1], self.data)
        teacher_logits = context.predict(teacher, context.training_rows)
        features = context.training_features
        read = features.shape[1] - self.task_features
        initialise_student(model, features[:, :read], teacher_logits)

    def loss(self, targets: Tensor, outputs: Tensor) -> Tensor:
        """Give the weighted divergence of the student from the teacher."""
        student, teacher = ops.split(outputs, 2, axis=-1)
        temperature = self.config.temperature
        teacher = ops.stop_gradient(teacher) / temperature
        difference = ops.log_softmax(teacher) - ops.log_softmax(student / temperature)
        divergence = ops.mean(ops.sum(ops.softmax(teacher) * difference, axis=-1))
        return self.config.weight * temperature**2 * divergence


def agreement(y_true: Tensor, y_pred: Tensor) -> Tensor:
    """Share of the batch where student and teacher predict the same class.

    Args:
        y_true: Not used.
        y_pred: Logits of student and teacher, float (batch, 2000).
    """
    student, teacher = ops.split(y_pred, 2, axis=-1)
    same = ops.equal(ops.argmax(student, axis=-1), ops.argmax(teacher, axis=-1))
    return ops.mean(ops.cast(same, "float32"))


def initialise_student(
    model: keras.Model, features: Floats, teacher_logits: Floats
) -> None:
    """Initialise the student by least squares on the teacher's logits.

    The first steps then change the features little; none of the teacher's own weights
    is copied.

    Args:
        model: The network with the student.
        features: float (photos, read) of the initial extractor.
        teacher_logits: float (photos, 1000) of the same photos.
    """
    initialise_dense(
        model, STUDENT, features, lambda x: least_squares(x, teacher_logits, RIDGE)
    )


def least_squares(
    features: Floats, teacher_logits: Floats, penalty: float
) -> LinearMap:
    """Fit a linear student to the teacher's logits by ridge regression.

    Args:
        features: Standardised, float (photos, dimension).
        teacher_logits: float (photos, classes) of the same photos.
        penalty: Penalty of the squared weights, in units of one photo's standard
            features.

    Returns:
        Kernel (dimension, classes) and bias (classes,).
    """
    # A shift of all logits of a photo predicts nothing: only differences do.
    logits = teacher_logits - teacher_logits.mean(axis=1, keepdims=True)
    mean, offset = features.mean(axis=0), logits.mean(axis=0)
    features = features - mean
    covariance = features.T @ features
    covariance += penalty * np.eye(len(covariance), dtype=covariance.dtype)
    kernel = np.linalg.solve(covariance, features.T @ (logits - offset))
    return kernel, offset - mean @ kernel
