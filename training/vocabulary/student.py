"""The student: a linear classifier of stored features, taught by a large network."""

import logging
from dataclasses import dataclass
from typing import Any, NamedTuple

import keras
import numpy as np
from keras import ops

from training.aggregators.standardise import Standardise
from training.backbone.distillation import least_squares
from training.vocabulary.views import Views

logger = logging.getLogger(__name__)
GOES_ON_FOR = 4
PENALTIES = (3.0, 30.0, 300.0, 3000.0)
"""Of the least squares that a student begins with."""


@dataclass(frozen=True)
class StudentConfig:
    """How the student learns on the final, quantised features.

    Attributes:
        copies: Augmented views of each training photo, beside the whole photo.
        epochs: Passes over the views, at most; it ends when validation photos agree
            no better. With 0 the student stays its start.
        learning_rates: Adam's at the start of one student each; they fall along a
            cosine. The mean of these students is kept: they err on different photos.
        temperature: Divides both logits.
        batch_size: Views in a step.
        seed: Of shuffling and views.
    """

    copies: int = 4
    epochs: int = 12
    learning_rates: tuple[float, ...] = (1e-4, 3e-4, 1e-3)
    temperature: float = 2.0
    batch_size: int = 256
    seed: int = 1


class Student(NamedTuple):
    """A linear classifier of standardised features.

    Attributes:
        kernel: float32 `(n, classes)`; it reads the first n features.
        bias: float32 `(classes,)`.
    """

    kernel: np.ndarray
    bias: np.ndarray

    def logits(self, inputs: np.ndarray) -> np.ndarray:
        """Classify standardised features `(photos, dimension)`: `(photos, classes)`."""
        return inputs[:, : len(self.kernel)] @ self.kernel + self.bias


def fit_student(
    train: Views,
    validation: Views,
    standardise: Standardise,
    config: StudentConfig,
    features: int | None = None,
) -> tuple[Student, float]:
    """Learn the teacher's answers from quantised features.

    Args:
        train: Views to learn from; least squares on them are the start.
        validation: Whole photos; of every student the epoch that agrees best with
            the teacher on them is kept, the start itself if none is better; the
            penalty of the start is chosen likewise.
        standardise: Adapted.
        config: How.
        features: How many it reads, from the first on; None for all.

    Returns:
        The mean student of standardised features, and its top-1 agreement there.
    """
    shown = standardise(validation.features).numpy()
    told = validation.taught.argmax(axis=1)
    inputs = standardise(train.features).numpy()[:, :features]
    taught = train.taught.astype(np.float32)
    start = _least_squares(inputs, taught, shown, told)
    students = [
        _taught(start, (inputs, taught), (shown, told), config, rate)
        for rate in config.learning_rates
    ]
    kernels, biases = zip(*students, strict=True)
    student = Student(np.mean(kernels, axis=0), np.mean(biases, axis=0))
    return student, agreement(student, shown, told)


def _taught(
    start: Student,
    train: tuple[np.ndarray, np.ndarray],
    validation: tuple[np.ndarray, np.ndarray],
    config: StudentConfig,
    learning_rate: float,
) -> Student:
    """Learn on from a start at one rate; see `fit_student`.

    Args:
        start: A student.
        train: Inputs `(views, n)`, and the teacher's logits `(views, classes)`.
        validation: Inputs `(photos, n)`, and the teacher's best class.
        config: How.
        learning_rate: Adam's, at the start.
    """
    inputs, taught = train
    layer = keras.layers.Dense(start.kernel.shape[1])
    model = keras.Sequential([keras.Input(inputs.shape[1:]), layer])
    layer.set_weights(list(start))
    steps = -(-len(inputs) // config.batch_size)
    rate = keras.optimizers.schedules.CosineDecay(
        learning_rate, steps * max(config.epochs, 1)
    )

    def divergence(y_true: Any, y_pred: Any) -> Any:
        target = ops.softmax(y_true / config.temperature)
        return -ops.sum(target * ops.log_softmax(y_pred / config.temperature), -1)

    keras.utils.set_random_seed(config.seed)
    model.compile(keras.optimizers.Adam(rate), loss=divergence)
    best, kept, since = agreement(start, *validation), start, 0
    logger.info("student: agreement %.4f at the start", best)
    for epoch in range(config.epochs):
        model.fit(
            inputs,
            taught,
            batch_size=config.batch_size,
            epochs=epoch + 1,
            initial_epoch=epoch,
            verbose=0,
        )
        student = Student(*layer.get_weights())
        score = agreement(student, *validation)
        logger.info("student: epoch %d, agreement %.4f", epoch + 1, score)
        since += 1
        if score > best:
            best, kept, since = score, student, 0
        if since == GOES_ON_FOR:
            break
    return kept


def _least_squares(
    inputs: np.ndarray, taught: np.ndarray, shown: np.ndarray, told: np.ndarray
) -> Student:
    students = [Student(*least_squares(inputs, taught, one)) for one in PENALTIES]
    return max(students, key=lambda student: agreement(student, shown, told))


def agreement(student: Student, inputs: np.ndarray, told: np.ndarray) -> float:
    """Share of photos where the student names the class that the teacher names.

    Args:
        student: Of standardised features.
        inputs: Standardised features `(photos, dimension)`.
        told: The teacher's best class, int `(photos,)`.
    """
    return float((student.logits(inputs).argmax(axis=1) == told).mean())
