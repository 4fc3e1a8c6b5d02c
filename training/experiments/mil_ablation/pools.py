"""Other ways than log-sum-exp to pool the evidence of a set's photos."""

from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix
from scipy.special import expit

LEAST = 1e-12
TOP = 3


def noisy_or(
    members: csr_matrix, evidence: np.ndarray, inverse_temperature: float
) -> np.ndarray:
    """Log-odds of 1 - prod(1 - p): at least one photo shows it, each by itself.

    Args:
        members: How often each photo is in each set, sparse `(users, photos)`.
        evidence: Log-odds `(photos, D)`.
        inverse_temperature: Of no meaning here.
    """
    missed = members @ np.logaddexp(0.0, evidence)  # -log prod(1 - p)
    return np.log(np.expm1(np.clip(missed, LEAST, 500.0)))


def mean_probability(
    members: csr_matrix, evidence: np.ndarray, inverse_temperature: float
) -> np.ndarray:
    """Log-odds of the mean of the photos' probabilities; arguments as `noisy_or`."""
    photos = np.asarray(members.sum(axis=1))
    mean = np.clip((members @ expit(evidence)) / photos, LEAST, 1 - LEAST)
    return np.log(mean) - np.log1p(-mean)


def top_3_mean(
    members: csr_matrix, evidence: np.ndarray, inverse_temperature: float
) -> np.ndarray:
    """Log-odds of the mean of the three largest probabilities, or of all of fewer.

    Arguments as `noisy_or`.
    """
    chances = np.ascontiguousarray(expit(evidence).T)
    pooled = np.empty((members.shape[0], len(chances)))
    for user, (first, last) in enumerate(pairwise(members.indptr)):
        times = members.data[first:last].astype(int)
        own = chances[:, np.repeat(members.indices[first:last], times)]
        if own.shape[1] > TOP:
            own = np.partition(own, -TOP, axis=1)[:, -TOP:]
        pooled[user] = own.mean(axis=1)
    mean = np.clip(pooled, LEAST, 1 - LEAST)
    return np.log(mean) - np.log1p(-mean)
