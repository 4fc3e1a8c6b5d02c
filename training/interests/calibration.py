"""Calibrates interests on single photos: one slope and offset, shrunk biases."""

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

FLOOR = 1e-4
"""Added to a probability and to its opposite before their logarithms."""


def log_odds(probabilities: np.ndarray) -> np.ndarray:
    """Logit with a floor, so that 0 and 1 stay finite."""
    return np.log(probabilities + FLOOR) - np.log(1 - probabilities + FLOOR)


class PhotoCalibration(NamedTuple):
    """P = sigmoid(slope logit(p) + offset + bias of the interest).

    Attributes:
        slope: Of all interests.
        offset: Of all interests.
        biases: float `(interests,)`, drawn to 0 by their penalty.
    """

    slope: float
    offset: float
    biases: np.ndarray

    def __call__(self, probabilities: np.ndarray) -> np.ndarray:
        """Calibrate `(photos, interests)`."""
        logits = self.slope * log_odds(probabilities) + self.offset + self.biases
        return expit(logits)


def fit_photo_calibration(
    probabilities: np.ndarray,
    truth: np.ndarray,
    weights: np.ndarray,
    penalty: float,
    known: np.ndarray | None = None,
) -> PhotoCalibration:
    """Minimise the weighted binary cross-entropy, summed over interests.

    Args:
        probabilities: float `(photos, interests)`.
        truth: bool of the same shape.
        weights: Of the photos, `(photos,)`; their sum does not matter.
        penalty: Of the squared biases.
        known: Where the truth is known, bool of the same shape; None for everywhere.
    """
    logits, target = log_odds(probabilities), truth.astype(float)
    share = (weights / weights.sum())[:, None]
    if known is not None:
        share = share * known

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        slope, offset, biases = flat[0], flat[1], flat[2:]
        z = slope * logits + offset + biases
        value = (share * (np.logaddexp(0, z) - target * z)).sum()
        error = share * (expit(z) - target)
        gradient = np.concatenate(
            [
                [(error * logits).sum(), error.sum()],
                error.sum(axis=0) + 2 * penalty * biases,
            ]
        )
        return value + penalty * (biases**2).sum(), gradient

    start = np.concatenate([[1.0], np.zeros(truth.shape[1] + 1)])
    fitted = minimize(
        loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 60}
    ).x
    return PhotoCalibration(float(fitted[0]), float(fitted[1]), fitted[2:])
