"""Pooling by repetition: what comes back on many photos, from additive statistics.

The state of a set of photos is a sum over its photos, so it is the same in any order,
sets merge by adding, and a photo is added or taken away in O(interests). Photos of one
event (a burst, duplicates) share a weight of 1: each has 1 / size of its event.
"""

from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, logit

STATISTICS = ("photos", "events", "squares", "misses", "size")
"""Rows of a state: expected photos; expected events; events' squares, which one clear
photo raises more than many vague ones; log P(no event shows it); number of events."""
FLOOR = 1e-3
MAX_GAIN = 4.0
SMALL_SET = 160
"""Events up to which a read-out says what it says on the small galleries."""


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

    Where there are more than `SMALL_SET` events, the logit's distance to that of the
    threshold grows by `gain` with each unit of log(events): more photos say more surely
    what few say already, and what is shown stays the same.

    Attributes:
        slopes: float `(3,)`, those of share and squares not negative.
        offset: Of all interests.
        threshold: Probability from which on an interest is shown.
        gain: Not negative.
    """

    slopes: np.ndarray
    offset: float
    threshold: float
    gain: float = 0.0

    def __call__(self, state: np.ndarray) -> np.ndarray:
        """Give probabilities `(interests,)`."""
        return self.of_evidence(evidence(state))

    def of_evidence(self, read: np.ndarray) -> np.ndarray:
        """Give probabilities `(...)` of evidence `(..., 3)`, the size last."""
        logits = read @ self.slopes + self.offset
        shown = logit(self.threshold)
        factor = 1 + self.gain * np.maximum(read[..., -1] - np.log(SMALL_SET), 0)
        return expit(shown + factor * (logits - shown))


def fit_gain(
    logits: np.ndarray, threshold: float, sizes: np.ndarray, right: np.ndarray
) -> float:
    """Fit how much surer large sets are, on what is shown of them.

    Half a wrong claim of mean evidence is added (Jeffreys' prior), so that a hundred
    right ones are not said to be certain.

    Args:
        logits: Of shown claims without gain, `(claims,)`.
        threshold: Probability from which on they are shown.
        sizes: log(events) of their sets, `(claims,)`.
        right: Which are right, bool `(claims,)`.
    """
    if not len(right):
        return 0.0
    above = (logits - logit(threshold)) * np.maximum(sizes - np.log(SMALL_SET), 0)
    inputs, start = (np.append(one, one.mean()) for one in (above, logits))
    target = np.append(right, False).astype(float)
    counts = np.append(np.ones(len(right)), 0.5)

    def loss(gain: np.ndarray) -> float:
        z = start + gain[0] * inputs
        return float((counts * (np.logaddexp(0, z) - target * z)).sum())

    found = minimize(loss, [0.0], bounds=[(0, MAX_GAIN)]).x
    return float(found[0])


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
