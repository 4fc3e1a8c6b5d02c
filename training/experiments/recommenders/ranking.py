"""Metrics of a ranked list, as the visual recommenders' tutorial reports them.

AUC, reciprocal rank (RR), and recall, precision and nDCG of the first 20 and 100. Equal
scores: AUC counts them as half; the list orders them by a fixed order drawn once, which
is independent of the items, so that a ranker that scores all alike is at chance.
nDCG divides by the best that the list could hold (Järvelin and Kekäläinen, 2002);
the tutorial divides by the best for the hits found, which is the same for one item.
"""

import numpy as np
from scipy.stats import rankdata

CUTS = (20, 100)
METRICS = ("AUC", "RR", *(f"{m}@{k}" for k in CUTS for m in ("R", "P", "nDCG")))


def tie_order(items: int, seed: int) -> np.ndarray:
    """Draw the order of items of equal score: int `(items,)`, a place for each."""
    return np.random.default_rng([seed, items]).permutation(items)


def rank_metrics(
    scores: np.ndarray, relevant: np.ndarray, candidates: np.ndarray, ties: np.ndarray
) -> np.ndarray:
    """Measure one ranked list.

    Args:
        scores: float `(items,)`.
        relevant: int, rows of the items that should come first; all candidates.
        candidates: bool `(items,)`, the items that are ranked.
        ties: From `tie_order`.

    Returns:
        float `(metrics,)` in the order of `METRICS`; AUC is not a number where every
        candidate is relevant.

    Raises:
        ValueError: A score is not a number, no item is relevant, or a relevant
            one is no candidate.
    """
    if not np.isfinite(scores).all():
        row = int(np.flatnonzero(~np.isfinite(scores))[0])
        raise ValueError(
            f"scores: expected numbers, received {scores[row]} in row {row}"
        )
    if not len(relevant) or not candidates[relevant].all():
        raise ValueError(
            f"relevant: expected some of {candidates.sum()} candidates, "
            f"received {relevant}"
        )
    rows = np.flatnonzero(candidates)
    wanted = np.zeros(len(scores), bool)
    wanted[relevant] = True
    hits = wanted[rows][np.lexsort((ties[rows], -scores[rows]))]
    return np.array([_auc(scores[rows], wanted[rows]), *_of_list(hits)])


def _of_list(hits: np.ndarray) -> list[float]:
    """RR and the metrics at each cut, of bool `(candidates,)` in ranked order."""
    places = np.flatnonzero(hits)
    values = [1 / (1 + places[0])]
    discounts = 1 / np.log2(np.arange(2, max(CUTS) + 2))
    for cut in CUTS:
        found = places[places < cut]
        best = discounts[: min(cut, len(places))].sum()
        values += [
            len(found) / len(places),
            len(found) / cut,
            discounts[found].sum() / best,
        ]
    return values


def _auc(scores: np.ndarray, wanted: np.ndarray) -> float:
    """Share of pairs (relevant, other) in the right order; Mann and Whitney (1947)."""
    positives = int(wanted.sum())
    negatives = len(wanted) - positives
    if not negatives:
        return float("nan")
    above = rankdata(scores)[wanted].sum() - positives * (positives + 1) / 2
    return float(above / (positives * negatives))
