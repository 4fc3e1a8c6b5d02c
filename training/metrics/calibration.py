"""Expected calibration error (ECE): do probabilities match frequencies?

Guo et al., "On Calibration of Modern Neural Networks" (2017), equation 3, with 15 bins
of equal width, over every (user, category) pair. Nearly all of these pairs are easy
(no interest, probability near 0), so small differences matter.
"""

from dataclasses import asdict
from typing import Any

import numpy as np

from training.metrics.bootstrap import Bootstrap, ratio

BINS = 15
TENTHS = 10


def calibration_columns(
    truth: np.ndarray, probabilities: np.ndarray, bins: int = BINS
) -> np.ndarray:
    """What each user adds to the sums of each bin.

    Args:
        truth: bool `(users, D)`.
        probabilities: float `(users, D)`, within [0, 1].
        bins: Number of bins.

    Returns:
        float `(users, bins * 3)`: pairs, sum of probabilities, true interests.
    """
    users, categories = truth.shape
    places = np.minimum((probabilities * bins).astype(int), bins - 1)
    cells = (np.arange(users)[:, None] * bins + places).ravel()
    columns = [
        np.bincount(cells, weights, users * bins).reshape(users, bins)
        for weights in (
            np.ones(users * categories),
            probabilities.ravel(),
            truth.ravel(),
        )
    ]
    return np.concatenate(columns, axis=1)


def bin_sums(
    probabilities: np.ndarray, true: np.ndarray, bins: int = BINS
) -> np.ndarray:
    """Sums of some probabilities by bins of equal width.

    Args:
        probabilities: float `(n,)`, within [0, 1].
        true: bool `(n,)`.
        bins: Number of bins.

    Returns:
        float `(bins * 3,)`: how many, sum of probabilities, how many are true.
    """
    return calibration_columns(true[None], probabilities[None], bins)[0]


def expected_calibration_error(sums: np.ndarray) -> np.ndarray:
    """Mean distance of probability and frequency, from sums `(rows, bins * 3)`."""
    pairs, probability, true = np.split(sums, 3, axis=1)
    return np.abs(probability - true).sum(axis=1) / pairs.sum(axis=1)


def reliability(
    truth: np.ndarray, probabilities: np.ndarray, bootstrap: Bootstrap
) -> list[dict[str, Any]]:
    """Compare predicted with true shares by tenths of the predicted probability.

    Args:
        truth: bool `(users, D)`.
        probabilities: float `(users, D)`, within [0, 1].
        bootstrap: Over the users.

    Returns:
        For each tenth that has predictions: `pairs` in it, their mean `predicted`
        probability, and the interval of the share that is `true`.
    """
    columns = calibration_columns(truth, probabilities, TENTHS)
    pairs, predicted, true = np.split(columns, 3, axis=1)
    return [
        {
            "pairs": int(pairs[:, tenth].sum()),
            "predicted": float(predicted[:, tenth].sum() / pairs[:, tenth].sum()),
            "true": asdict(
                bootstrap.interval(
                    np.stack([true[:, tenth], pairs[:, tenth]], axis=1), ratio
                )
            ),
        }
        for tenth in np.flatnonzero(pairs.sum(axis=0))
    ]
