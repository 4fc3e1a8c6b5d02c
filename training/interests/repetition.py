"""Pooling by repetition: what comes back on many photos, from additive statistics.

The state of a set of photos is a sum over its photos, so it is the same in any order,
sets merge by adding, and a photo is added or taken away in O(interests). Photos of one
event (a burst, duplicates) share a weight of 1: each has 1 / size of its event.
"""

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

STATISTICS = ("photos", "events", "squares", "misses", "size")
"""Rows of a state: expected photos; expected events; events' squares, which one clear
photo raises more than many vague ones; log P(no event shows it); number of events."""
FLOOR = 1e-3


def accumulate(probabilities: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Sum up photos.

    Args:
        probabilities: float `(photos, interests)`.
        weights: 1 / number of photos of each photo's event, `(photos,)`.

    Returns:
        State `(len(STATISTICS), interests)`.
    """
    share = weights[:, None]
    return np.stack(
        [
            probabilities.sum(axis=0),
            (share * probabilities).sum(axis=0),
            (share * probabilities**2).sum(axis=0),
            (share * np.log1p(-np.minimum(probabilities, 1 - 1e-6))).sum(axis=0),
            np.full(probabilities.shape[1], weights.sum()),
        ]
    )


def evidence(state: np.ndarray) -> np.ndarray:
    """Turn a state into what the read-out reads, `(interests, 3)`.

    Logarithms of the share of events, of their squares' sum and of their number.
    """
    _, events, squares, _, size = state
    share = np.log(events / np.maximum(size, 1e-6) + FLOOR)
    return np.stack([share, np.log(squares + FLOOR), np.log(size + FLOOR)], axis=-1)


class Readout(NamedTuple):
    """P(interest) = sigmoid(evidence . slopes + offset), the same for all interests.

    Attributes:
        slopes: float `(3,)`, those of share and squares not negative.
        offset: Of all interests.
        threshold: Probability from which on an interest is shown.
    """

    slopes: np.ndarray
    offset: float
    threshold: float

    def __call__(self, state: np.ndarray) -> np.ndarray:
        """Give probabilities `(interests,)`."""
        return self.of_evidence(evidence(state))

    def of_evidence(self, read: np.ndarray) -> np.ndarray:
        """Give probabilities `(...)` of evidence `(..., 3)`."""
        return expit(read @ self.slopes + self.offset)


def fit_logistic(
    inputs: np.ndarray, truth: np.ndarray, monotone: tuple[int, ...] = ()
) -> tuple[np.ndarray, float]:
    """Fit logistic regression with a slight penalty on standardised inputs.

    Args:
        inputs: float `(examples, n)`.
        truth: bool `(examples,)`.
        monotone: Inputs whose slope must not be negative.

    Returns:
        Slopes `(n,)` and offset, of the inputs as they are.
    """
    mean, deviation = inputs.mean(axis=0), inputs.std(axis=0) + 1e-6
    standardised, target = (inputs - mean) / deviation, truth.astype(float)

    def loss(flat: np.ndarray) -> tuple[float, np.ndarray]:
        z = standardised @ flat[:-1] + flat[-1]
        error = expit(z) - target
        value = np.mean(np.logaddexp(0, z) - target * z) + 1e-3 * (flat[:-1] ** 2).sum()
        slopes = standardised.T @ error / len(target) + 2e-3 * flat[:-1]
        return value, np.append(slopes, error.mean())

    count = inputs.shape[1]
    bounds = [(0, None) if n in monotone else (None, None) for n in range(count + 1)]
    start = np.zeros(count + 1)
    flat = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    slopes = flat[:-1] / deviation
    return slopes, float(flat[-1] - slopes @ mean)
