"""How good the claims of a system are on galleries."""

from typing import NamedTuple

import numpy as np

from training.galleries.config import MUST_SHOW, SHOWN, STRONG
from training.galleries.galleries import Gallery
from training.metrics.bootstrap import Bootstrap, Interval
from training.metrics.calibration import bin_sums, expected_calibration_error

BINS = 10


class Claims(NamedTuple):
    """What a system says about galleries.

    Attributes:
        probabilities: float `(galleries, claims)`.
        shown: bool `(galleries, claims)`.
    """

    probabilities: np.ndarray
    shown: np.ndarray


def at_threshold(probabilities: np.ndarray, threshold: float = SHOWN) -> Claims:
    """Show what is at least as probable as a threshold."""
    return Claims(probabilities, probabilities >= threshold)


def sizes(shown: np.ndarray, mine: np.ndarray) -> tuple[int, int, int, int, int]:
    """Count what a system shows of a gallery.

    Args:
        shown: bool `(claims,)`.
        mine: bool `(photos, claims)`: which of its photos support which claim.

    Returns:
        1, claims shown, right ones, photos that support one of them, photos that
        support any claim.
    """
    return (
        1,
        int(shown.sum()),
        int((shown & mine.any(axis=0)).sum()),
        int(mine[:, shown].any(axis=1).sum()),
        int(mine.any(axis=1).sum()),
    )


def score(
    claims: Claims, support: np.ndarray, galleries: list[Gallery], seed: int = 0
) -> dict[str, Interval]:
    """Measure claims of interests or kinds.

    Args:
        claims: Of the galleries.
        support: bool `(photos, claims)`: which photos support which claim.
        galleries: Of these photos.
        seed: Of the bootstrap over galleries.

    Returns:
        Intervals by name: `shown`, `right`, `false` a gallery; `precision` of all shown
        claims; `fits`, the share of photos that support a shown claim; `fits_nameable`,
        the same of photos that support any claim; `ece` of shown claims.
    """
    columns = []
    for number, gallery in enumerate(galleries):
        shown = claims.shown[number]
        mine = support[gallery.rows]
        right = shown & mine.any(axis=0)
        bins = bin_sums(claims.probabilities[number][shown], right[shown], BINS)
        columns.append(np.concatenate([[*sizes(shown, mine), len(mine)], bins]))
    table = np.array(columns, float)
    resamples = Bootstrap(len(galleries), seed)
    one = {
        "shown": lambda s: s[:, 1] / s[:, 0],
        "right": lambda s: s[:, 2] / s[:, 0],
        "false": lambda s: (s[:, 1] - s[:, 2]) / s[:, 0],
        "precision": lambda s: s[:, 2] / s[:, 1],
        "fits": lambda s: s[:, 3] / s[:, 5],
        "fits_nameable": lambda s: s[:, 3] / s[:, 4],
        "ece": lambda s: expected_calibration_error(s[:, 6:]),
    }
    return {name: resamples.interval(table, finish) for name, finish in one.items()}


def strong_recall(
    claims: Claims, named: np.ndarray, galleries: list[Gallery], ids: tuple[str, ...]
) -> dict[str, tuple[float, int]]:
    """Share of strong interests that are shown, in all and for some by name.

    Args:
        claims: Of interests.
        named: bool `(photos, interests)`.
        galleries: Of these photos.
        ids: Of the interests.

    Returns:
        Share and number of (gallery, interest) pairs, by `all` and by interest.
    """
    strong = np.array([named[g.rows].mean(axis=0) >= STRONG for g in galleries])
    result = {"all": _share(claims.shown, strong)}
    for name in MUST_SHOW:
        column = [ids.index(name)]
        result[name] = _share(claims.shown[:, column], strong[:, column])
    return result


def reliability(
    claims: Claims, support: np.ndarray, galleries: list[Gallery]
) -> np.ndarray:
    """Number, mean probability and share right of shown claims by decile: `(10, 3)`."""
    right = np.array([support[g.rows].any(axis=0) for g in galleries])
    sums = bin_sums(claims.probabilities[claims.shown], right[claims.shown], BINS)
    count, probability, true = sums.reshape(3, BINS)
    with np.errstate(invalid="ignore"):
        return np.stack([count, probability / count, true / count], axis=1)


def _share(shown: np.ndarray, strong: np.ndarray) -> tuple[float, int]:
    pairs = int(strong.sum())
    return (float(shown[strong].mean()) if pairs else float("nan")), pairs
