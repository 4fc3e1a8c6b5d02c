"""The student: a linear classifier of stored features, distilled from the teacher."""

import logging
from typing import NamedTuple

import keras
import numpy as np
from keras import ops

from training.aggregators.standardise import Standardise
from training.arrays import Floats, Integers, Tensor
from training.backbone.distillation import least_squares
from training.vocabulary.config import StudentConfig
from training.vocabulary.views import Views

logger = logging.getLogger(__name__)
PATIENCE = 4
"""Epochs without better agreement after which training ends."""
PENALTIES = (3.0, 30.0, 300.0, 3000.0)
"""Penalties of the initial least squares to choose from."""


class Student(NamedTuple):
    """A linear classifier of standardised features.

    Attributes:
        kernel: float32 (n, classes); it reads the first n features.
        bias: float32 (classes,).
    """

    kernel: Floats
    bias: Floats

    def logits(self, inputs: Floats) -> Floats:
        """Classify standardised features (photos, dimension): (photos, classes)."""
        return inputs[:, : len(self.kernel)] @ self.kernel + self.bias


class Examples(NamedTuple):
    """Standardised features with the teacher's logits.

    Attributes:
        inputs: float32 (views, n).
        teacher_logits: float32 (views, classes).
    """

    inputs: Floats
    teacher_logits: Floats


def fit_student(
    train: Views,
    validation: Views,
    standardise: Standardise,
    config: StudentConfig,
    features: int | None = None,
) -> tuple[Student, float]:
    """Distil the teacher into a linear classifier of quantised features.

    Args:
        train: Views to train on; least squares on them are the initial student.
        validation: Whole photos; the epoch with the best agreement on them is kept, or
            the initial student if none is better, and the penalty is chosen likewise.
        standardise: Adapted to the training features.
        config: Training settings.
        features: Number of the first features that it reads; None for all.

    Returns:
        The mean student of standardised features, and its top-1 agreement on
        `validation`.
    """
    held_out = Examples(standardise(validation.features).numpy(), validation[1])
    inputs = standardise(train.features).numpy()[:, :features]
    examples = Examples(inputs, train.teacher_logits.astype(np.float32))
    initial = max(
        (Student(*least_squares(*examples, penalty)) for penalty in PENALTIES),
        key=lambda student: _agreement(student, held_out),
    )
    students = [
        _train(initial, examples, held_out, config, rate)
        for rate in config.learning_rates
    ]
    kernels, biases = zip(*students, strict=True)
    student = Student(np.mean(kernels, axis=0), np.mean(biases, axis=0))
    return student, _agreement(student, held_out)


def _train(
    initial: Student,
    train: Examples,
    validation: Examples,
    config: StudentConfig,
    learning_rate: float,
) -> Student:
    """Train a student at one rate; see `fit_student`."""
    layer = keras.layers.Dense(initial.kernel.shape[1])
    model = keras.Sequential([keras.Input(train.inputs.shape[1:]), layer])
    layer.set_weights(list(initial))
    steps = -(-len(train.inputs) // config.batch_size)
    rate = keras.optimizers.schedules.CosineDecay(
        learning_rate, steps * max(config.epochs, 1)
    )

    def divergence(y_true: Tensor, y_pred: Tensor) -> Tensor:
        target = ops.softmax(y_true / config.temperature)
        return -ops.sum(target * ops.log_softmax(y_pred / config.temperature), -1)

    keras.utils.set_random_seed(config.seed)
    model.compile(keras.optimizers.Adam(rate), loss=divergence)
    best, kept, since = _agreement(initial, validation), initial, 0
    logger.info("student: agreement %.4f at the start", best)
    for epoch in range(config.epochs):
        model.fit(
            train.inputs,
            train.teacher_logits,
            batch_size=config.batch_size,
            epochs=epoch + 1,
            initial_epoch=epoch,
            verbose=0,
        )
        student = Student(*layer.get_weights())
        score = _agreement(student, validation)
        logger.info("student: epoch %d, agreement %.4f", epoch + 1, score)
        since += 1
        if score > best:
            best, kept, since = score, student, 0
        if since == PATIENCE:
            break
    return kept


def _agreement(student: Student, examples: Examples) -> float:
    return agreement(student, examples.inputs, examples.teacher_logits.argmax(axis=1))


def agreement(student: Student, inputs: Floats, teacher_classes: Integers) -> float:
    """Share of photos where student and teacher predict the same class.

    Args:
        student: Classifier of standardised features.
        inputs: Standardised features, float (photos, dimension).
        teacher_classes: The teacher's best class, int (photos,).
    """
    return float((student.logits(inputs).argmax(axis=1) == teacher_classes).mean())
