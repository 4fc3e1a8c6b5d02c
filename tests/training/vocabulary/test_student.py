from dataclasses import replace

import numpy as np
import pytest

from training.aggregators.standardise import Standardise
from training.vocabulary.student import (
    Student,
    StudentConfig,
    agreement,
    fit_student,
)
from training.vocabulary.views import Views

DIMENSION, CLASSES = 12, 6


@pytest.fixture
def teacher() -> Student:
    random = np.random.default_rng(3)
    kernel = random.normal(0, 0.05, (DIMENSION, CLASSES)).astype(np.float32)
    return Student(kernel, np.zeros(CLASSES, np.float32))


def views(teacher: Student, count: int, seed: int) -> Views:
    random = np.random.default_rng(seed)
    features = random.integers(0, 255, (count, DIMENSION), np.uint8)
    teacher_logits = features.astype(np.float32) @ teacher.kernel + teacher.bias
    return Views(features, teacher_logits.astype(np.float16))


@pytest.fixture
def standardise(teacher: Student) -> Standardise:
    layer = Standardise(0.02)
    layer.build((None, DIMENSION))
    layer.adapt(views(teacher, 200, 1).features)
    return layer


def test_a_student_begins_with_what_least_squares_find(teacher, standardise):
    train, validation = views(teacher, 200, 1), views(teacher, 400, 2)

    student, score = fit_student(
        train, validation, standardise, StudentConfig(epochs=0)
    )

    inputs = standardise(validation.features).numpy()
    assert score == agreement(student, inputs, validation.teacher_logits.argmax(axis=1))
    assert score > 0.95


def test_what_least_squares_cannot_find_is_learnt_by_divergence(teacher, standardise):
    train, validation = views(teacher, 2000, 1), views(teacher, 400, 2)
    # The same answers, with losers ever further off: no line gives these numbers.
    behind = train.teacher_logits.max(axis=1, keepdims=True) - train.teacher_logits
    train = train._replace(teacher_logits=-((behind / 20.0) ** 3))

    _, start = fit_student(train, validation, standardise, StudentConfig(epochs=0))
    config = StudentConfig(epochs=5, learning_rates=(0.05,), batch_size=64)
    _, score = fit_student(train, validation, standardise, config)

    assert score > start + 0.1


def test_a_start_that_is_as_good_as_can_be_is_kept(teacher, standardise):
    train, validation = views(teacher, 200, 1), views(teacher, 400, 2)
    config = StudentConfig(epochs=2, learning_rates=(100.0, 50.0))
    alone = replace(config, epochs=0)
    start, best = fit_student(train, validation, standardise, alone)

    student, score = fit_student(train, validation, standardise, config)

    assert score == best
    np.testing.assert_array_equal(student.kernel, start.kernel)


def test_a_student_of_the_first_features_reads_no_other(teacher, standardise):
    train, validation = views(teacher, 400, 1), views(teacher, 400, 2)

    student, score = fit_student(train, validation, standardise, StudentConfig(), 5)

    assert student.kernel.shape == (5, CLASSES)
    inputs = standardise(validation.features).numpy()
    alike = student.logits(inputs)
    inputs[:, 5:] = 0.0
    np.testing.assert_array_equal(student.logits(inputs), alike)
    assert score == agreement(student, inputs, validation.teacher_logits.argmax(axis=1))


def test_the_student_is_the_mean_of_one_for_each_rate(teacher, standardise):
    train, validation = views(teacher, 400, 1), views(teacher, 400, 2)
    behind = train.teacher_logits.max(axis=1, keepdims=True) - train.teacher_logits
    train = train._replace(teacher_logits=-((behind / 20.0) ** 3))

    one, other, both = (
        fit_student(
            train,
            validation,
            standardise,
            StudentConfig(epochs=2, learning_rates=rates),
        )[0]
        for rates in ((0.01,), (0.05,), (0.01, 0.05))
    )

    assert np.abs(one.kernel - other.kernel).max() > 1e-3
    expected = (one.kernel + other.kernel) / 2
    np.testing.assert_allclose(both.kernel, expected, atol=1e-5)
