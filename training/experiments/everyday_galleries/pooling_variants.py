"""Ways to read a gallery out, each with the same supervision as the chosen one."""

from collections.abc import Callable

import numpy as np

from training.interests.calibration import log_odds
from training.interests.repetition import FLOOR

Read = Callable[[np.ndarray], np.ndarray]
CLEAR = 0.5
SHARPNESS = 1.5
"""Inverse temperature of the released bundle's log-sum-exp."""


def _size(photos: np.ndarray) -> np.ndarray:
    return np.full(photos.shape[1], np.log(len(photos)))


def _best(photos: np.ndarray, count: int) -> list[np.ndarray]:
    return list(log_odds(-np.sort(-photos, axis=0)[:count]))


def _log(values: np.ndarray) -> np.ndarray:
    return np.log(values + FLOOR)


def _log_sum_exp(photos: np.ndarray) -> np.ndarray:
    odds = SHARPNESS * log_odds(photos)
    top = odds.max(axis=0)
    return top + np.log(np.exp(odds - top).sum(axis=0))


def _power_mean(photos: np.ndarray) -> np.ndarray:
    return _log((photos**4).mean(axis=0) ** 0.25)


VARIANTS: dict[str, Read] = {
    "best photo": lambda q: np.stack([*_best(q, 1), _size(q)], -1),
    "log-sum-exp of log-odds": lambda q: np.stack([_log_sum_exp(q), _size(q)], -1),
    "noisy or": lambda q: np.stack(
        [np.log(FLOOR - np.log1p(-np.minimum(q, 1 - 1e-6)).sum(axis=0)), _size(q)], -1
    ),
    "power mean, exponent 4": lambda q: np.stack([_power_mean(q), _size(q)], -1),
    "best two photos": lambda q: np.stack(
        [*_best(q, 2)[1:], *_best(q, 1), _size(q)], -1
    ),
    "photos at .5": lambda q: np.stack([_log((q >= CLEAR).sum(axis=0)), _size(q)], -1),
    "expected photos": lambda q: np.stack([_log(q.sum(axis=0)), _size(q)], -1),
    "expected and best three photos": lambda q: np.stack(
        [_log(q.mean(axis=0)), *_best(q, 3), _size(q)], -1
    ),
}
"""Evidence of each, `(claims, n)`; the size of the gallery comes last."""
