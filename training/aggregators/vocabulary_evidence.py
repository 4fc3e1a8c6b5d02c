"""Photo evidence over a large vocabulary: labelled and distilled categories."""

from collections.abc import Sequence
from typing import Any

import keras
from keras import ops

from training.aggregators.log_space import TINY, log_sum_exp
from training.aggregators.per_channel_scaled_dense import PerChannelScaledDense
from training.aggregators.photo_evidence import PhotoEvidence
from training.arrays import Tensor

OF_PHOTOS = ("scale", "none_offset")
"""Scalars of the classifier learnt from labels; the others are of each category."""


@keras.saving.register_keras_serializable("photo_interests")
class VocabularyEvidence(PhotoEvidence):
    """Photo evidence whose background class is divided by a second classifier.

    The first classifier predicts the labelled categories and background, as in
    `PhotoEvidence`. Its background probability is divided among the distilled
    categories by a student of a large pretrained classifier: p(x, k) =
    p(x, background) q(x, k), q = softmax(V x + v) over all classes of the teacher.
    Classes of the teacher that are a labelled category have no output of their own:
    their part of q stays background.

    Pooling is that of `PhotoEvidence`, with scalars per category: labelled and
    distilled ones are fitted on different users.

    Args:
        dimension: See `Aggregator`.
        categories: D, labelled ones first.
        feature_scale: See `Aggregator`.
        labelled: Number of labelled categories.
        student_classes: Number of classes of the student: first one for each distilled
            category, then those of `merged`, then those that are labelled categories.
        merged: Number of the distilled category, from 0, that each class after those of
            the distilled categories is merged into.
        student_features: Number of features, from the first on, that the student reads;
            None for all.
        kwargs: See `PhotoEvidence`.
    """

    def __init__(
        self,
        dimension: int,
        categories: int,
        feature_scale: float,
        labelled: int,
        student_classes: int,
        merged: Sequence[int] = (),
        student_features: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(dimension, categories, feature_scale, **kwargs)
        distilled = categories - labelled
        if not 0 < distilled <= student_classes - len(merged) or labelled < 1:
            raise ValueError(
                "Expected labelled and distilled categories, and a student class for "
                f"each of the latter. Received: categories={categories}, "
                f"labelled={labelled}, student_classes={student_classes}, "
                f"{len(merged)} merged"
            )
        self._labelled = labelled
        self.student_classes = student_classes
        self.merged = tuple(merged)
        self.student_features = student_features or dimension

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the weights for features `(batch, photos, dimension)`."""
        super().build(input_shape)
        self.student = PerChannelScaledDense(self.student_classes, name="student")
        self.student.build((None, self.student_features))

    @property
    def labelled(self) -> int:
        """Number of categories that the classifier learns from labelled photos."""
        return self._labelled

    def scalar_shape(self, name: str) -> tuple[int, ...]:
        """Returns the shape of one of `SCALARS`."""
        return () if name in OF_PHOTOS else (self.categories,)

    def student_logits(self, standardised: Tensor) -> Tensor:
        """Returns the student's logits `(photos, student_classes)`.

        Args:
            standardised: Features `(photos, dimension)`.
        """
        return self.student(standardised[..., : self.student_features])

    def photo_logits(self, features: Tensor) -> Tensor:
        """Classifies stored features `(photos, dimension)`, background as last class.

        Returns:
            Log-probabilities `(photos, categories + 1)`.
        """
        own = super().photo_logits(features)
        own = own - ops.expand_dims(log_sum_exp(own, axis=-1), -1)
        logits = self.student_logits(self.standardise(features))
        probabilities = ops.softmax(logits, axis=-1)
        count = self.categories - self.labelled
        end = count + len(self.merged)
        distilled = probabilities[:, :count]
        if self.merged:
            onto = ops.one_hot(list(self.merged), count)
            distilled = distilled + ops.matmul(probabilities[:, count:end], onto)
        rest = ops.sum(probabilities[:, end:], axis=-1, keepdims=True)
        background = own[:, -1:]
        divided = [
            background + ops.log(ops.maximum(part, TINY)) for part in (distilled, rest)
        ]
        return ops.concatenate([own[:, :-1], *divided], axis=-1)

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return {
            **super().get_config(),
            "labelled": self.labelled,
            "student_classes": self.student_classes,
            "merged": self.merged,
            "student_features": self.student_features,
        }
