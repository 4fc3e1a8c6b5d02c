"""Single photos: what the extractor's features tell, in float and in bytes."""

from dataclasses import asdict
from typing import Any

import numpy as np

from training.evaluation.bootstrap import Bootstrap

ALL = "all"


def top1_by_source(
    truth: np.ndarray,
    float_predictions: np.ndarray,
    int8_predictions: np.ndarray,
    sources: np.ndarray,
    seed: int = 0,
) -> dict[str, dict[str, Any]]:
    """Compare the float and the quantised extractor on the same test photos.

    Args:
        truth: int `(photos,)`, classes.
        float_predictions: int `(photos,)`, classes told from the float features.
        int8_predictions: int `(photos,)`, from the quantised ones.
        sources: str `(photos,)`, photo set of each.
        seed: Of the bootstrap.

    Returns:
        For each source and for `all`: `photos`, and value, low and high of the top-1
        accuracies `float` and `int8` and of `difference`, int8 less float, paired.

    Raises:
        ValueError: The arrays differ in length.
    """
    arrays = (truth, float_predictions, int8_predictions, sources)
    if len({len(array) for array in arrays}) != 1:
        raise ValueError(
            "photos: expected as many of each, received "
            f"{[len(array) for array in arrays]}"
        )
    right = [(truth == p).astype(float) for p in arrays[1:3]]
    chosen = {str(source): sources == source for source in np.unique(sources)}
    chosen[ALL] = np.ones(len(truth), bool)
    table = {}
    for source, rows in chosen.items():
        float_right, int8_right = (one[rows] for one in right)
        bootstrap = Bootstrap(int(rows.sum()), seed)
        table[source] = {
            "photos": int(rows.sum()),
            "float": asdict(bootstrap.mean(float_right)),
            "int8": asdict(bootstrap.mean(int8_right)),
            "difference": asdict(bootstrap.difference(int8_right, float_right)),
        }
    return table


def cosine_agreement(first: np.ndarray, second: np.ndarray) -> dict[str, float]:
    """Mean and minimum cosine between two features `(photos, dimension)` of photos."""
    first, second = first.astype(float), second.astype(float)
    norms = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    cosine = (first * second).sum(axis=1) / norms
    return {"mean": float(cosine.mean()), "minimum": float(cosine.min())}
