"""How well probabilities of interests meet the true ones, user by user.

Everywhere `truth` is bool `(users, D)` and `probabilities` float `(users, D)`. Numbers
that do not exist for a user without true interests are NaN, for the caller to exclude
and to report. Categories of equal probability are ranked in their order in the
catalogue, so that every ranking is determined.

Precision, recall and F1 at k come in two readings. The plain one counts hits among the
first k over k. The thresholded one counts only those of the first k whose probability
is above a threshold, which the papers' own tables must have done: precision is then
hits over these (0 where there are none), and it moves with calibration alone.
"""

from typing import NamedTuple

import numpy as np


class AtK(NamedTuple):
    """Precision, recall and their harmonic mean at k, float `(users,)` each."""

    precision: np.ndarray
    recall: np.ndarray
    f1: np.ndarray


def ranking(probabilities: np.ndarray) -> np.ndarray:
    """Order categories by falling probability, ties by index; int `(users, D)`."""
    return np.argsort(-probabilities, axis=1, kind="stable")


def at_k(
    truth: np.ndarray,
    probabilities: np.ndarray,
    k: int,
    threshold: float | None = None,
) -> AtK:
    """Measure the k categories of highest probability.

    Args:
        truth: True interests.
        probabilities: Predicted.
        k: How many are shown to the user.
        threshold: Only probabilities above it count as shown; plain reading if None.

    Raises:
        ValueError: k is not in 1..D.
    """
    if not 1 <= k <= truth.shape[1]:
        raise ValueError(f"k: expected 1 to {truth.shape[1]}, received {k}")
    first = ranking(probabilities)[:, :k]
    shown = np.ones(first.shape, bool)
    if threshold is not None:
        shown = np.take_along_axis(probabilities, first, axis=1) > threshold
    hits = (np.take_along_axis(truth, first, axis=1) & shown).sum(axis=1)
    true = truth.sum(axis=1)
    precision = hits / np.maximum(shown.sum(axis=1), 1)
    recall = hits / np.maximum(true, 1)
    f1 = 2 * hits / (shown.sum(axis=1) + np.maximum(true, 1))
    return AtK(*(np.where(true > 0, m, np.nan) for m in (precision, recall, f1)))


def average_precision(truth: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
    """Average precision of each user over the whole ranking, float `(users,)`."""
    relevant = np.take_along_axis(truth, ranking(probabilities), axis=1)
    precision = np.cumsum(relevant, axis=1) / np.arange(1, truth.shape[1] + 1)
    true = truth.sum(axis=1)
    average = (precision * relevant).sum(axis=1) / np.maximum(true, 1)
    return np.where(true > 0, average, np.nan)


def ndcg(truth: np.ndarray, probabilities: np.ndarray, k: int) -> np.ndarray:
    """Normalised discounted cumulative gain at k of each user, float `(users,)`.

    Järvelin and Kekäläinen 2002, with gain 1 and discount log2(1 + rank).
    """
    relevant = np.take_along_axis(truth, ranking(probabilities)[:, :k], axis=1)
    discount = 1 / np.log2(np.arange(2, relevant.shape[1] + 2))
    true = truth.sum(axis=1)
    best = np.concatenate([[0.0], np.cumsum(discount)])[np.minimum(true, k)]
    return np.where(true > 0, relevant @ discount / np.where(true > 0, best, 1), np.nan)


def false_positives(
    truth: np.ndarray, probabilities: np.ndarray, threshold: float
) -> np.ndarray:
    """Count, for each user, interests predicted above the threshold that are none."""
    return ((probabilities > threshold) & ~truth).sum(axis=1)


def confusion(
    truth: np.ndarray, probabilities: np.ndarray, threshold: float
) -> np.ndarray:
    """Mark hits, false and missed interests; bool `(users, D, 3)` in this order.

    The inputs of F1 over users: see `micro_f1` and `macro_f1`.
    """
    predicted = probabilities > threshold
    return np.stack([truth & predicted, ~truth & predicted, truth & ~predicted], axis=2)


def micro_f1(sums: np.ndarray) -> np.ndarray:
    """F1 of all decisions together, from sums `(rows, D * 3)` of `confusion`."""
    hits, false, missed = sums.reshape(len(sums), -1, 3).sum(axis=1).T
    return _f1(hits, false, missed)


def macro_f1(sums: np.ndarray) -> np.ndarray:
    """Mean over categories of F1, from sums `(rows, D * 3)` of `confusion`.

    Categories without any true or predicted interest do not count.
    """
    hits, false, missed = np.moveaxis(sums.reshape(len(sums), -1, 3), 2, 0)
    known = hits + false + missed > 0
    total = np.where(known, np.nan_to_num(_f1(hits, false, missed)), 0.0).sum(axis=1)
    count = known.sum(axis=1)
    return np.where(count > 0, total / np.maximum(count, 1), np.nan)


def _f1(hits: np.ndarray, false: np.ndarray, missed: np.ndarray) -> np.ndarray:
    decisions = 2 * hits + false + missed
    return np.where(decisions > 0, 2 * hits / np.maximum(decisions, 1), np.nan)
