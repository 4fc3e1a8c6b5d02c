"""Learning from the pretrained classifier, so that fine-tuning forgets nothing."""

import io
from pathlib import Path

import keras
import numpy as np
from keras import ops

from photo_interests.files import write_atomically
from training.backbone.config import Distillation
from training.backbone.mobilenet import TAUGHT_CLASSES

STUDENT = "student"
RIDGE = 3.0
"""Penalty of the start's least squares, in units of a photo of standard features."""


def build_pupil(network: keras.Model, teacher: keras.Model) -> keras.Model:
    """Put a student of `teacher` beside the classifier of the categories.

    Args:
        network: As `build_classifier` made it; its layers are taken over.
        teacher: The same photos -> logits (batch, 1000); stays as it is.

    Returns:
        A model of photos -> (batch, outputs + 1000 + 1000): the categories' logits,
        the student's and the teacher's, for `PupilLoss`.
    """
    extractor, dropout, classifier = network.layers
    photos = keras.Input(extractor.input_shape[1:])
    features = extractor(photos)
    own = classifier(dropout(features))
    told = keras.layers.Dense(TAUGHT_CLASSES, name=STUDENT)(features)
    taught = teacher(photos, training=False)
    return keras.Model(photos, ops.concatenate([own, told, taught], -1), name="pupil")


def start_student(model: keras.Model, features: np.ndarray, taught: np.ndarray) -> None:
    """Start the student from least squares on the teacher's answers.

    The first steps then change the features little; nothing of the teacher's own
    weights is copied.

    Args:
        model: As `build_pupil` made it.
        features: float (photos, 1024) of the extractor it starts with.
        taught: The teacher's logits (photos, 1000) of the same photos.
    """
    mean, deviation = features.mean(axis=0), features.std(axis=0) + 1e-3
    kernel, bias = least_squares((features - mean) / deviation, taught, RIDGE)
    kernel /= deviation[:, None]
    model.get_layer(STUDENT).set_weights([kernel, bias - mean @ kernel])


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


def save_student(model: keras.Model, path: Path) -> None:
    """Write the student of a pupil atomically as `.npz`."""
    kernel, bias = model.get_layer(STUDENT).get_weights()
    buffer = io.BytesIO()
    np.savez(buffer, kernel=kernel, bias=bias)
    write_atomically(path, buffer.getvalue())


def load_student(path: Path) -> tuple[np.ndarray, np.ndarray]:
    """Read what `save_student` wrote: kernel (1024, 1000) and bias (1000,).

    Raises:
        ValueError: There is no such file.
    """
    if not path.is_file():
        raise ValueError(f"expected a student at {path}, received no file")
    with np.load(path) as arrays:
        return arrays["kernel"], arrays["bias"]


class PupilLoss(keras.losses.Loss):
    """A loss on labels plus the weighted divergence of student from teacher.

    T^2 KL(softmax(t / T) || softmax(s / T)) of Hinton, Vinyals and Dean (2015), for
    the logits t of the teacher and s of the student.

    Args:
        on_labels: The loss of the categories' logits.
        distillation: Weight and temperature T.
    """

    def __init__(
        self, on_labels: keras.losses.Loss, distillation: Distillation
    ) -> None:
        super().__init__(name="pupil_loss")
        self.on_labels = on_labels
        self.distillation = distillation

    def call(self, y_true: object, y_pred: object) -> object:
        """Average over the batch; `y_pred` as from `build_pupil`."""
        outputs = y_pred.shape[-1] - 2 * TAUGHT_CLASSES  # type: ignore[attr-defined]
        own, student, taught = ops.split(
            y_pred, [outputs, outputs + TAUGHT_CLASSES], axis=-1
        )
        told = self.on_labels(y_true, own)
        temperature = self.distillation.temperature
        taught = ops.stop_gradient(taught) / temperature
        difference = ops.log_softmax(taught) - ops.log_softmax(student / temperature)
        divergence = ops.mean(ops.sum(ops.softmax(taught) * difference, axis=-1))
        return told + self.distillation.weight * temperature**2 * divergence


def agreement(y_true: object, y_pred: object) -> object:
    """Share of the batch where student and teacher name the same class."""
    student, taught = ops.split(y_pred[:, -2 * TAUGHT_CLASSES :], 2, axis=-1)  # type: ignore[index]
    same = ops.equal(ops.argmax(student, axis=-1), ops.argmax(taught, axis=-1))
    return ops.mean(ops.cast(same, "float32"))
