"""Two systems on the same galleries, and the bounds of their difference."""

from collections.abc import Callable
from dataclasses import asdict

import numpy as np

from training.galleries.config import STRONG
from training.galleries.galleries import Gallery
from training.galleries.metrics import Claims, sizes
from training.metrics.bootstrap import Bootstrap, ratio

Finish = Callable[[np.ndarray], np.ndarray]
STATISTICS: dict[str, Finish] = {
    "shown": lambda s: s[:, 1] / s[:, 0],
    "right": lambda s: s[:, 2] / s[:, 0],
    "false": lambda s: (s[:, 1] - s[:, 2]) / s[:, 0],
    "precision": lambda s: ratio(s[:, [2, 1]]),
    "fits_nameable": lambda s: ratio(s[:, [3, 4]]),
    "strong shown": lambda s: ratio(s[:, [5, 6]]),
}
"""Of the columns of `gallery_sums`, added up over galleries."""


def gallery_sums(
    claims: Claims, support: np.ndarray, named: np.ndarray, galleries: list[Gallery]
) -> np.ndarray:
    """Count what a system does with each gallery.

    Args:
        claims: Of the galleries.
        support: bool `(photos, claims)`: which photos support which claim.
        named: The same of what labels name themselves.
        galleries: Of these photos.

    Returns:
        float `(galleries, 7)`: 1, shown, right, photos that fit, photos that are
        nameable, strong and shown, strong.
    """
    rows = []
    for shown, one in zip(claims.shown, galleries, strict=True):
        mine = support[one.rows]
        strong = named[one.rows].mean(axis=0) >= STRONG
        rows.append([*sizes(shown, mine), (shown & strong).sum(), strong.sum()])
    return np.array(rows, float)


def paired(first: np.ndarray, second: np.ndarray) -> dict[str, dict[str, float]]:
    """Bound the second's statistics minus the first's, on the same galleries.

    Args:
        first: Of `gallery_sums`.
        second: Of the same galleries.
    """
    both, resamples = np.hstack([first, second]), Bootstrap(len(first))
    width = first.shape[1]

    def difference(finish: Finish) -> Finish:
        return lambda s: finish(s[:, width:]) - finish(s[:, :width])

    return {
        name: asdict(resamples.interval(both, difference(finish)))
        for name, finish in STATISTICS.items()
    }
