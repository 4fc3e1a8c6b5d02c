"""All that a fine-tuning run learns from, as one network and one loss."""

from collections.abc import Sequence
from functools import wraps
from itertools import accumulate, pairwise
from pathlib import Path

import keras
import numpy as np
from keras import ops

from training.backbone.classifier import Labels
from training.backbone.config import BackboneConfig
from training.backbone.distillation import Pupil
from training.backbone.following import MODELS, Followed, Follower
from training.backbone.lesson import Beginning, Lesson, Metric, Tensor


class Objective:
    """Several lessons on the features of one extractor.

    Args:
        lessons: Their outputs stand behind each other, in this order.
        followed: The extractor that the truth has features of, behind the labels.
    """

    def __init__(
        self, lessons: Sequence[Lesson], followed: Followed | None = None
    ) -> None:
        self.lessons = lessons
        self.followed = followed

    def network(self, extractor: keras.Model) -> keras.Model:
        """Put all lessons on `extractor`, which becomes a part of the network.

        Returns:
            A model of photos -> float32 (batch, the widths of all lessons).
        """
        photos = keras.Input(extractor.input_shape[1:])
        features = extractor(photos)
        outputs = [lesson.outputs(photos, features) for lesson in self.lessons]
        joined = ops.concatenate([one for some in outputs for one in some], axis=-1)
        return keras.Model(photos, joined, name="photo_network")

    def start(self, model: keras.Model, beginning: Beginning) -> None:
        """Give a `network` the weights that the first stage begins with."""
        for lesson in self.lessons:
            lesson.start(model, beginning)

    def loss(self) -> keras.losses.Loss:
        """Give the sum of the lessons' losses, each of its own outputs."""
        return JointLoss(self.lessons)

    def metrics(self) -> list[Metric]:
        """Give the lessons' metrics, each of its own outputs."""
        return [
            _of_slice(metric, part)
            for lesson, part in zip(self.lessons, _slices(self.lessons), strict=True)
            for metric in lesson.metrics
        ]


class JointLoss(keras.losses.Loss):
    """The sum of the losses of lessons.

    Args:
        lessons: In the order of their outputs.
    """

    def __init__(self, lessons: Sequence[Lesson]) -> None:
        super().__init__(name="joint_loss")
        self.lessons = lessons

    def call(self, y_true: Tensor, y_pred: Tensor) -> Tensor:
        """Average over the batch.

        Args:
            y_true: See `Lesson.loss`.
            y_pred: float32 (batch, the widths of all lessons).
        """
        first, *others = (
            lesson.loss(y_true, y_pred[:, part])
            for lesson, part in zip(self.lessons, _slices(self.lessons), strict=True)
        )
        return sum(others, start=first)


def objective_of(
    config: BackboneConfig,
    categories: int,
    data: Path,
    pixels: np.ndarray,
    rows: np.ndarray,
    channels: np.ndarray | None = None,
) -> Objective:
    """Give what a run learns from: labels, and the teachers that it names.

    Args:
        config: The run's.
        categories: D.
        data: Where pretrained weights may lie.
        pixels: uint8 (photos, height, width, 3), by photo index.
        rows: The training photos that a start is made with.
        channels: Of two ends, see `Follower`; what they give the student does not read.
    """
    lessons: list[Lesson] = [Labels(config, categories)]
    if config.distillation is not None:
        unread = 0 if channels is None else len(channels)
        lessons.append(Pupil(config.distillation, data, config.precision, unread))
    followed = None
    if config.following is not None:
        followed = Followed(MODELS / config.following.bundle)
        shown = followed(pixels[rows])
        lessons.append(Follower(config.following, shown, channels))
    return Objective(lessons, followed)


def _slices(lessons: Sequence[Lesson]) -> list[slice]:
    bounds = accumulate((lesson.width for lesson in lessons), initial=0)
    return [slice(first, last) for first, last in pairwise(bounds)]


def _of_slice(metric: Metric, part: slice) -> Metric:
    @wraps(metric)
    def measured(y_true: Tensor, y_pred: Tensor) -> Tensor:
        return metric(y_true, y_pred[:, part])

    return measured
