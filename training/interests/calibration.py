"""Calibrates interests on single photos: what kinds add up to, and what scenes say."""

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

FLOOR = 1e-4
"""Added to a probability and to its opposite before their logarithms."""
SLOPE, SCENE_SLOPE, OFFSET, BIASES = 0, 1, 2, 3
"""Places in what is minimised; the biases go on from theirs."""


def log_odds(probabilities: np.ndarray) -> np.ndarray:
    """Logit with a floor, so that 0 and 1 stay finite."""
    return np.log(probabilities + FLOOR) - np.log(1 - probabilities + FLOOR)


class PhotoCalibration(NamedTuple):
    """P = sigmoid(slope logit(p) + scene slope s + offset + bias of the interest).

    p is what the photo's kinds add up to, s the probability of scenes that name the
    interest: evidence stacked by logistic regression (Wolpert, 1992).

    Attributes:
        slope: Of all interests.
        scene_slope: Of all interests, not negative.
        offset: Of all interests.
        biases: float `(interests,)`, drawn to 0 by their penalty.
    """

    slope: float
    scene_slope: float
    offset: float
    biases: np.ndarray

    def __call__(
        self, probabilities: np.ndarray, scenes: np.ndarray | None = None
    ) -> np.ndarray:
        """Calibrate `(photos, interests)`, with evidence of scenes of that shape."""
        logits = self.slope * log_odds(probabilities) + self.offset + self.biases
        if scenes is not None:
            logits = logits + self.scene_slope * scenes
        return np.asarray(expit(logits))


def fit_photo_calibration(
    probabilities: np.ndarray,
    truth: np.ndarray,
    weights: np.ndarray,
    penalty: float,
    known: np.ndarray | None = None,
    scenes: np.ndarray | None = None,
) -> PhotoCalibration:
    """Minimise the weighted binary cross-entropy, summed over interests.

    Args:
        probabilities: float `(photos, interests)`.
        truth: bool of the same shape.
        weights: Of the photos, `(photos,)`; their sum does not matter.
        penalty: Of the squared biases.
        known: Where the truth is known, bool of the same shape; None for everywhere.
        scenes: Evidence of scenes, of the same shape; None for none.
    """
    logits, target = log_odds(probabilities), truth.astype(float)
    scenes = np.zeros_like(logits) if scenes is None else scenes
    share = (weights / weights.sum())[:, None]
    if known is not None:
        share = share * known

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        biases = flat[BIASES:]
        z = flat[SLOPE] * logits + flat[SCENE_SLOPE] * scenes + flat[OFFSET] + biases
        value = (share * (np.logaddexp(0, z) - target * z)).sum()
        error = share * (expit(z) - target)
        sums = [(error * logits).sum(), (error * scenes).sum(), error.sum()]
        gradient = np.concatenate([sums, error.sum(axis=0) + 2 * penalty * biases])
        return value + penalty * (biases**2).sum(), gradient

    count = BIASES + truth.shape[1]
    start = np.zeros(count)
    bounds: list[tuple[float | None, float | None]] = [(None, None)] * count
    start[SLOPE] = 1
    bounds[SCENE_SLOPE] = 0, None
    fitted = minimize(
        loss, start, jac=True, method="L-BFGS-B", bounds=bounds,
        options={"maxiter": 60},
    ).x  # fmt: skip
    slope, scene_slope, offset = (float(one) for one in fitted[:BIASES])
    return PhotoCalibration(slope, scene_slope, offset, fitted[BIASES:])
