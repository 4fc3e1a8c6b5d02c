"""Accuracy on single photos of an extractor's features, in float and in int8."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from training.metrics.bootstrap import Bootstrap

ALL = "all"


def top1_by_source(
    truth: np.ndarray,
    predictions: Mapping[str, np.ndarray],
    sources: np.ndarray,
    seed: int = 0,
) -> dict[str, dict[str, Any]]:
    """Compare extractors, such as the float and the quantised one, on the same photos.

    Args:
        truth: int `(photos,)`, classes.
        predictions: int `(photos,)` of each extractor; the first is the reference.
        sources: str `(photos,)`, photo set of each.
        seed: Of the bootstrap.

    Returns:
        For each source and for `all`: `photos`, `top1` (value, low, high by extractor)
        and `difference` (each other extractor less the reference, paired).

    Raises:
        ValueError: There is no extractor or the arrays differ in length.
    """
    lengths = [len(array) for array in (truth, sources, *predictions.values())]
    if not predictions or len(set(lengths)) != 1:
        raise ValueError(
            "photos: expected as many truths, sources and predictions, received "
            f"{lengths}"
        )
    right = {
        name: (truth == classes).astype(float) for name, classes in predictions.items()
    }
    chosen = {str(source): sources == source for source in np.unique(sources)}
    chosen[ALL] = np.ones(len(truth), bool)
    return {
        source: _compare({name: r[rows] for name, r in right.items()}, seed)
        for source, rows in chosen.items()
    }


def _compare(right: dict[str, np.ndarray], seed: int) -> dict[str, Any]:
    reference, *others = right
    bootstrap = Bootstrap(len(right[reference]), seed)
    return {
        "photos": len(right[reference]),
        "top1": {name: asdict(bootstrap.mean(r)) for name, r in right.items()},
        "difference": {
            name: asdict(bootstrap.difference(right[name], right[reference]))
            for name in others
        },
    }


def cosine_agreement(first: np.ndarray, second: np.ndarray) -> dict[str, float]:
    """Mean and minimum cosine between two features `(photos, dimension)` of photos."""
    first, second = first.astype(float), second.astype(float)
    norms = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    cosine = (first * second).sum(axis=1) / norms
    return {"mean": float(cosine.mean()), "minimum": float(cosine.min())}
