"""How far answers may differ, and the measures of that difference."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from export.signature_runner import Arrays, SignatureRunner

PHOTO_COUNTS = (1, 2, 5, 40, 500, 4096)
ORDER_TOLERANCE = 1e-5
QUANTISED_TOLERANCE = 0.02
"""What int8 weights may change a probability by."""
RUN_TOLERANCE = 1e-4
"""How far one file's answers may differ between runtimes and ways to ask."""
PREDICTED = {"probabilities", "kind_probabilities"}
"""Outputs that are probabilities of the whole set."""
QUANTISED_RUN_TOLERANCE = 0.01
"""The same between runtimes for int8 weights: each rounds photos in its own way."""

Features = npt.NDArray[np.uint8]
Weights = npt.NDArray[np.float32]


def draw_sets(
    features: Features, counts: Sequence[int] = PHOTO_COUNTS, seed: int = 0
) -> list[Features]:
    """One set of photos per count, drawn with repetition."""
    draw = np.random.default_rng(seed)
    return [features[draw.integers(len(features), size=count)] for count in counts]


def event_weights(count: int) -> Weights:
    """Weights of photos in events of one, two and three photos by turns."""
    sizes = np.resize([1, 2, 2, 3, 3, 3], count)
    return (1 / sizes).astype(np.float32)


def predict(
    run: SignatureRunner, features: Features, weights: Weights | None = None
) -> Arrays:
    """Run `predict`.

    Args:
        run: The aggregator.
        features: Stored features (photos, dimension).
        weights: Of the photos, if the aggregator takes them; `event_weights` if None.
    """
    if not run.takes("predict", "weights"):
        return run("predict", features=features)
    given = event_weights(len(features)) if weights is None else weights
    return run("predict", features=features, weights=given)


def check_order(run: SignatureRunner, features: Features) -> float:
    """Check that the order of the photos changes nothing.

    Returns:
        The largest difference.

    Raises:
        ValueError: gives the difference.
    """
    photos = draw_sets(features, [40])[0]
    order = np.random.default_rng(1).permutation(len(photos))
    weights = event_weights(len(photos))
    straight = predict(run, photos, weights)
    shuffled = predict(run, photos[order], weights[order])
    worst = 0.0
    for name, values in straight.items():
        expected = values if values.ndim == 1 else values[order]
        error = largest_difference(shuffled[name], expected)
        worst = max(worst, error)
        if not error <= ORDER_TOLERANCE:
            raise ValueError(
                f"expected {name} within {ORDER_TOLERANCE} whatever the order of "
                f"the photos, received a difference of {error}"
            )
    return worst


def quantisation_error(
    quantised: SignatureRunner, floating: SignatureRunner, sets: Sequence[Features]
) -> float:
    """Largest change of a probability by quantisation, over sets of photos."""
    errors = []
    for photos in sets:
        exact, answer = predict(floating, photos), predict(quantised, photos)
        for name in PREDICTED & exact.keys():
            errors.append(largest_difference(answer[name], exact[name]))
    return max(errors)


def largest_difference(one: npt.NDArray[Any], two: npt.NDArray[Any]) -> float:
    """Largest difference; NaN where one has a NaN, infinite by shape.

    It is absolute up to 1, and a share of the second array above: numbers of photos.
    """
    if one.shape != two.shape:
        return float("inf")
    expected = two.astype(np.float64)
    difference = np.abs(one.astype(np.float64) - expected)
    return float((difference / np.maximum(1, np.abs(expected))).max())


def cosine(first: npt.NDArray[Any], second: npt.NDArray[Any]) -> float:
    """Cosine of two feature vectors; 1 for two that are both zero."""
    one, two = first.astype(np.float64).ravel(), second.astype(np.float64).ravel()
    norms = np.linalg.norm(one) * np.linalg.norm(two)
    if norms == 0:
        return float(not one.any() and not two.any())
    return float(one @ two / norms)
