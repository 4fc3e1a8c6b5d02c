"""The photo classifier: three heads over the stored features, one distribution.

A student of ImageNet (distilled) and a new head of labelled categories, scenes and
everyday kinds share one softmax with a background class, so no head answers first. The
labelled categories have an older classifier as well, a network with a hidden layer; a
labelled kind is claimed by the geometric mean of both, so only where they agree.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import softmax

Array = np.ndarray


@dataclass(frozen=True, eq=False)
class PhotoHead:
    """Weights of the classifier. K kinds, D dimensions, L labelled kinds (the first).

    Attributes:
        feature_scale: Real value of one step of a stored feature, `()`.
        mean: Of the features, float32 `(D,)`.
        inverse_deviation: Of the features, float32 `(D,)`.
        limit: Standardised features are cut there before the new head, `()`.
        student_kernel: `(n, S)`; it reads the first n features.
        student_bias: `(S,)`.
        student_scale: Factor and offset of the student's logits, `(2,)`.
        new_kernel: `(D, M)`: L labelled, then the everyday kinds, then background.
        new_bias: `(M,)`.
        hidden_kernel: Of the labelled classifier, `(D, H)`.
        hidden_bias: `(H,)`.
        labelled_kernel: `(D - start + H, L + 1)`, background last.
        labelled_bias: `(L + 1,)`.
        labelled_limits: Where its hidden layer and itself cut the features, `(2,)`.
        kind_of: Kind of each of the S student classes, int `(S,)`.
        kinds: K, `()`.
    """

    feature_scale: Array
    mean: Array
    inverse_deviation: Array
    limit: Array
    student_kernel: Array
    student_bias: Array
    student_scale: Array
    new_kernel: Array
    new_bias: Array
    hidden_kernel: Array
    hidden_bias: Array
    labelled_kernel: Array
    labelled_bias: Array
    labelled_limits: Array
    kind_of: Array
    kinds: Array

    @property
    def labelled(self) -> int:
        """How many kinds have labelled photos."""
        return self.labelled_bias.shape[0] - 1

    def standardise(self, features: Array) -> Array:
        """Stored features uint8 `(photos, D)` to float32, not cut."""
        values = features.astype(np.float32) * np.float32(self.feature_scale)
        return (values - self.mean) * self.inverse_deviation

    def student_logits(self, standardised: Array) -> Array:
        """Logits of the student, `(photos, S)`."""
        read = standardised[:, : len(self.student_kernel)]
        return read @ self.student_kernel + self.student_bias

    def labelled_probabilities(self, standardised: Array) -> Array:
        """Answers of the labelled classifier without background, `(photos, L)`."""
        outer, inner = self.labelled_limits
        cut = np.clip(standardised, -outer, outer)
        hidden = np.maximum(cut @ self.hidden_kernel + self.hidden_bias, 0)
        start = cut.shape[1] + hidden.shape[1] - len(self.labelled_kernel)
        read = np.hstack([np.clip(cut[:, start:], -inner, inner), hidden])
        return softmax(read @ self.labelled_kernel + self.labelled_bias, 1)[:, :-1]

    def joint_probabilities(self, standardised: Array) -> Array:
        """Student and new head in one softmax, by kind, `(photos, K)`."""
        scale, offset = self.student_scale
        student = scale * self.student_logits(standardised) + offset
        cut = np.clip(standardised, -self.limit, self.limit)
        new = cut @ self.new_kernel + self.new_bias
        outputs = softmax(np.hstack([student, new]), axis=1)
        classes, labelled = student.shape[1], self.labelled
        kinds = np.zeros((len(outputs), int(self.kinds)), np.float32)
        for column, kind in enumerate(self.kind_of):
            kinds[:, kind] += outputs[:, column]
        kinds[:, :labelled] += outputs[:, classes : classes + labelled]
        everyday = new.shape[1] - 1 - labelled
        kinds[:, int(self.kinds) - everyday :] += outputs[:, classes + labelled : -1]
        return kinds

    def kind_probabilities(self, features: Array) -> Array:
        """Classify stored features uint8 `(photos, D)`.

        Returns:
            float32 `(photos, K)`; what is missing to 1 is background.
        """
        standardised = self.standardise(features)
        kinds = self.joint_probabilities(standardised)
        agreed = kinds[:, : self.labelled] * self.labelled_probabilities(standardised)
        kinds[:, : self.labelled] = np.sqrt(agreed)
        return kinds / np.maximum(1, kinds.sum(axis=1, keepdims=True))
