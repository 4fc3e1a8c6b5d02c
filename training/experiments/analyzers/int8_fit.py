"""Fits what is int8 of the detector of objects to the float one, on training photos.

No kernel changes: ranges, by the gradient of their steps (Esser and others, 2020), and
a shift of each bias, with which the quantised network answers as the float one does.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from export.third_party import objects
from export.third_party.quantisation import Quantisation
from training.experiments.analyzers.int8_photos import batches
from training.experiments.analyzers.int8_ranges import Ranges

STEPS, BATCH, RATE = 300, 8, 0.006
STEP_OF_ZERO = 20.0
"""A zero point moves by so many of its 256 values where a logarithm moves by one."""
WEAK, SEEN, SCORES = 0.002, 0.15, 3.0
Report = Callable[[int, float], None]
Kernels = dict[str, np.ndarray]


class Student:
    """The detector's network with ranges and shifts that can be trained."""

    def __init__(self, files: dict[str, Path], ranges: Ranges) -> None:
        """Build it.

        Args:
            files: Paths of the locked files by name.
            ranges: Where ranges start.
        """
        self._steps = {
            name: (
                tf.Variable(np.log((high - low) / 255), dtype=tf.float32),
                tf.Variable(-255 * low / (high - low) / STEP_OF_ZERO, dtype=tf.float32),
            )
            for name, (low, high) in ranges.items()
        }
        self._shifts: dict[str, Any] = {}
        self.run = objects.load_network(files, self._adapt, self._observe)

    @property
    def variables(self) -> list[Any]:
        """What is trained."""
        pairs = self._steps.values()
        return [one for pair in pairs for one in pair] + [*self._shifts.values()]

    def quantisation(self) -> Quantisation:
        """Give the ranges and shifts as they are now."""
        ranges = {}
        for name, (logarithm, zero) in self._steps.items():
            step = float(np.exp(logarithm.numpy()))
            below = float(np.clip(np.round(STEP_OF_ZERO * zero.numpy()), 0, 255))
            ranges[name] = (-below * step, (255 - below) * step)
        shifts = {
            name: tuple(shift.numpy().tolist()) for name, shift in self._shifts.items()
        }
        return Quantisation(ranges, shifts)

    def _observe(self, name: str, tensor: Any) -> Any:
        if name not in self._steps:
            return tensor
        logarithm, zero = self._steps[name]
        step, below = tf.exp(logarithm), _rounded(STEP_OF_ZERO * zero)
        values = tf.clip_by_value(_rounded(tensor / step) + below, 0.0, 255.0)
        return (values - below) * step

    def _adapt(self, name: str, kernel: np.ndarray, bias: np.ndarray) -> Any:
        if name not in self._steps:
            return kernel, bias
        depthwise = kernel.shape[3] == 1
        axes = (0, 1, 3) if depthwise else (0, 1, 2)
        step = np.abs(kernel).max(axes, keepdims=True) / 127
        step = np.where(step == 0, 1, step)
        shift = tf.Variable(tf.zeros(bias.shape))
        self._shifts[name] = shift
        rounded = (np.round(kernel / step) * step).astype(np.float32)
        return rounded, shift + bias


def fit(
    files: dict[str, Path], ranges: Ranges, photos: list[Path], report: Report
) -> Quantisation:
    """Fit ranges and shifts.

    Args:
        files: Paths of the locked files by name.
        ranges: Where ranges start.
        photos: Training photos.
        report: Gets the step and its loss.
    """
    student, teacher = Student(files, ranges), objects.load_network(files)
    rate = keras.optimizers.schedules.CosineDecay(RATE, STEPS)
    optimizer = keras.optimizers.Adam(rate)
    optimizer.build(student.variables)

    @tf.function(autograph=False)
    def step(squares: Any) -> Any:
        images = tf.cast(squares, tf.float32)
        wanted = [tf.stop_gradient(one) for one in teacher(images)]
        with tf.GradientTape() as tape:
            loss = _difference(student.run(images), wanted)
        gradients = tape.gradient(loss, student.variables)
        optimizer.apply_gradients(zip(gradients, student.variables, strict=True))
        return loss

    for number, squares in zip(range(STEPS), batches(photos, BATCH), strict=False):
        report(number, float(step(tf.constant(squares))))
    return student.quantisation()


def _difference(given: list[Any], wanted: list[Any]) -> Any:
    """Divergence of the probabilities, difference of boxes and scores, of a photo."""
    total = 0.0
    for level in range(0, len(given), 3):
        boxes, is_object, classes = given[level : level + 3]
        true_boxes, true_object, true_classes = wanted[level : level + 3]
        weight = true_object + WEAK
        scores, true_scores = is_object * classes, true_object * true_classes
        seen = tf.cast(tf.maximum(scores, true_scores) > SEEN, tf.float32)
        total += (
            tf.reduce_sum(_divergence(true_object, is_object))
            + tf.reduce_sum(weight * _divergence(true_classes, classes))
            + tf.reduce_sum(weight * tf.abs(true_boxes - boxes))
            + SCORES * tf.reduce_sum(seen * tf.abs(true_scores - scores))
        )
    return total / tf.cast(tf.shape(given[0])[0], tf.float32)


def _divergence(true: Any, given: Any) -> Any:
    """Kullback-Leibler divergence of probabilities of yes and no."""
    low, high = 1e-7, 1 - 1e-7
    true, given = tf.clip_by_value(true, low, high), tf.clip_by_value(given, low, high)
    return true * tf.math.log(true / given) + (1 - true) * tf.math.log(
        (1 - true) / (1 - given)
    )


def _rounded(value: Any) -> Any:
    """Round; the gradient is that of the value."""
    return value + tf.stop_gradient(tf.round(value) - value)
