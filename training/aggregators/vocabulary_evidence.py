"""Photo evidence over a large vocabulary: what labels and what a teacher taught."""

from collections.abc import Sequence
from typing import Any

import keras
from keras import ops

from training.aggregators.log_space import TINY, log_sum_exp
from training.aggregators.per_channel_scaled_dense import PerChannelScaledDense
from training.aggregators.photo_evidence import PhotoEvidence

OF_PHOTOS = ("scale", "none_offset")
"""Scalars of the classifier learnt from labels; the others are of each category."""


@keras.saving.register_keras_serializable("photo_interests")
class VocabularyEvidence(PhotoEvidence):
    """Photo evidence whose "none" is looked at again, by a second classifier.

    The first classifier knows the labelled categories and none of them, as in
    `PhotoEvidence`, and its answers stay what they are. What it calls none is divided
    among the further categories by a student that a large pretrained classifier has
    taught: p(x, k) = p(x, none) q(x, k), q = softmax(V x + v) over all that the
    teacher knows. Classes of the teacher that are a labelled category have no output
    of their own: their part of q stays none, together with nothing of interest.

    Pooling is that of `PhotoEvidence`, its scalars those of each category: labelled
    and further ones are measured on different people.

    Args:
        dimension: See `Aggregator`.
        categories: D, labelled ones first.
        feature_scale: See `Aggregator`.
        labelled: How many categories are labelled.
        taught: Classes of the student: first one for each further category, then
            those of `joined`, then those that are labelled categories.
        joined: Further category, counted from 0, that each class after those of the
            further categories belongs to as well (the teacher tells both apart).
        student_features: How many of the features, from the first on, the student
            reads; None for all.
        kwargs: See `PhotoEvidence`.
    """

    def __init__(
        self,
        dimension: int,
        categories: int,
        feature_scale: float,
        labelled: int,
        taught: int,
        joined: Sequence[int] = (),
        student_features: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(dimension, categories, feature_scale, **kwargs)
        further = categories - labelled
        if not 0 < further <= taught - len(joined) or labelled < 1:
            raise ValueError(
                "Expected labelled and further categories, and a taught class for "
                f"each of the latter. Received: categories={categories}, "
                f"labelled={labelled}, taught={taught}, {len(joined)} joined"
            )
        self._labelled = labelled
        self.taught = taught
        self.joined = tuple(joined)
        self.student_features = student_features or dimension

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the weights for features `(batch, photos, dimension)`."""
        super().build(input_shape)
        self.student = PerChannelScaledDense(self.taught, name="student")
        self.student.build((None, self.student_features))

    @property
    def labelled(self) -> int:
        """How many categories the classifier learns from labelled photos."""
        return self._labelled

    def scalar_shape(self, name: str) -> tuple[int, ...]:
        """Returns the shape of one of `SCALARS`."""
        return () if name in OF_PHOTOS else (self.categories,)

    def taught_logits(self, standardised: Any) -> Any:
        """Gives the student's logits `(photos, taught)` of standardised features."""
        return self.student(standardised[..., : self.student_features])

    def photo_logits(self, features: Any) -> Any:
        """Classifies stored features `(photos, dimension)`, none as last class.

        Returns:
            Log-probabilities `(photos, categories + 1)`.
        """
        own = super().photo_logits(features)
        own = own - ops.expand_dims(log_sum_exp(own, axis=-1), -1)
        told = ops.softmax(self.taught_logits(self.standardise(features)), axis=-1)
        further = self.categories - self.labelled
        end = further + len(self.joined)
        apart = told[:, :further]
        if self.joined:
            onto = ops.one_hot(list(self.joined), further)
            apart = apart + ops.matmul(told[:, further:end], onto)
        rest = ops.sum(told[:, end:], axis=-1, keepdims=True)
        none = own[:, -1:]
        divided = [none + ops.log(ops.maximum(part, TINY)) for part in (apart, rest)]
        return ops.concatenate([own[:, :-1], *divided], axis=-1)

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return {
            **super().get_config(),
            "labelled": self.labelled,
            "taught": self.taught,
            "joined": self.joined,
            "student_features": self.student_features,
        }
