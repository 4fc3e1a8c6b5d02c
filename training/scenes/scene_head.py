"""The classifier of scenes: a matrix on stored features."""

from dataclasses import dataclass

import numpy as np
from scipy.special import softmax

SHORTEST = 1e-6
"""Length below which a photo without features is not scaled."""


@dataclass(frozen=True, eq=False)
class SceneHead:
    """Square roots of features, scaled to one length, times a matrix.

    Attributes:
        kernel: float32 `(D, classes)`.
        bias: float32 `(classes,)`.
    """

    kernel: np.ndarray
    bias: np.ndarray

    def logits(self, features: np.ndarray) -> np.ndarray:
        """Return logits `(photos, classes)` of stored features `(photos, D)`."""
        return normalised(features) @ self.kernel + self.bias

    def probabilities(self, features: np.ndarray) -> np.ndarray:
        """Return probabilities `(photos, classes)` of stored features."""
        return np.asarray(softmax(self.logits(features), axis=1))


def normalised(features: np.ndarray) -> np.ndarray:
    """Return square roots of features, scaled to length 1.

    Args:
        features: uint8 `(..., D)`.
    """
    roots = np.sqrt(features.astype(np.float32))
    lengths = np.linalg.norm(roots, axis=-1, keepdims=True)
    return roots / np.maximum(lengths, SHORTEST)
