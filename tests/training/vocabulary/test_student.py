import numpy as np
import pytest

from training.aggregators.standardise import Standardise
from training.vocabulary.student import (
    Student,
    StudentConfig,
    agreement,
    fit_student,
    standardised,
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
    taught = features.astype(np.float32) @ teacher.kernel + teacher.bias
    return Views(features, taught.astype(np.float16))


@pytest.fixture
def standardise(teacher: Student) -> Standardise:
    layer = Standardise(0.02)
    layer.build((None, DIMENSION))
    layer.adapt(views(teacher, 200, 1).features)
    return layer


def test_a_student_from_zeros_learns_its_teacher(teacher, standardise):
    start = Student(np.zeros((DIMENSION, CLASSES)), np.zeros(CLASSES))
    config = StudentConfig(epochs=30, learning_rate=0.05, batch_size=64)
    train, validation = views(teacher, 2000, 1), views(teacher, 400, 2)

    student, score = fit_student(start, train, validation, standardise, config)

    inputs = standardise(validation.features).numpy()
    assert score == agreement(student, inputs, validation.taught.argmax(axis=1))
    assert score > 0.95


def test_a_student_without_a_start_begins_with_what_least_squares_find(
    teacher, standardise
):
    train, validation = views(teacher, 200, 1), views(teacher, 400, 2)

    _, score = fit_student(
        None, train, validation, standardise, StudentConfig(epochs=0)
    )

    assert score > 0.95


def test_a_start_that_is_as_good_as_can_be_is_kept(teacher, standardise):
    real = Student(teacher.kernel / 0.02, teacher.bias)
    start = standardised(real, standardise)
    train, validation = views(teacher, 200, 1), views(teacher, 400, 2)
    config = StudentConfig(epochs=2, learning_rate=1.0)

    student, score = fit_student(start, train, validation, standardise, config)

    assert score == 1.0
    np.testing.assert_array_equal(student.kernel, start.kernel)


def test_standardising_a_student_leaves_its_answers(teacher, standardise):
    real = Student(teacher.kernel / 0.02, np.arange(CLASSES, dtype=np.float32))
    features = views(teacher, 50, 4).features

    moved = standardised(real, standardise)

    told = standardise(features).numpy() @ moved.kernel + moved.bias
    expected = features * np.float32(0.02) @ real.kernel + real.bias
    np.testing.assert_allclose(told, expected, rtol=1e-3, atol=1e-3)
