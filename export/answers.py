"""How far answers may differ, and the measures of that difference."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from export.signature_runner import SignatureRunner

PHOTO_COUNTS = (1, 2, 5, 40, 500, 4096)
ORDER_TOLERANCE = 1e-5
QUANTISED_TOLERANCE = 0.02
"""What int8 weights may change a probability by."""
RUN_TOLERANCE = 1e-4
"""How far one file's answers may differ between runtimes and ways to ask."""
QUANTISED_RUN_TOLERANCE = 0.01
"""The same between runtimes for int8 weights: each rounds photos in its own way."""

Features = npt.NDArray[np.uint8]


def draw_sets(
    features: Features, counts: Sequence[int] = PHOTO_COUNTS, seed: int = 0
) -> list[Features]:
    """One set of photos per count, drawn with repetition."""
    draw = np.random.default_rng(seed)
    return [features[draw.integers(len(features), size=count)] for count in counts]


def check_order(run: SignatureRunner, features: Features) -> float:
    """Check that the order of the photos changes nothing.

    Returns:
        The largest difference.

    Raises:
        ValueError: gives the difference.
    """
    photos = draw_sets(features, [40])[0]
    order = np.random.default_rng(1).permutation(len(photos))
    straight = run("predict", features=photos)
    shuffled = run("predict", features=photos[order])
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
        exact = floating("predict", features=photos)["probabilities"]
        answer = quantised("predict", features=photos)["probabilities"]
        errors.append(largest_difference(answer, exact))
    return max(errors)


def largest_difference(one: npt.NDArray[Any], two: npt.NDArray[Any]) -> float:
    """Largest absolute difference; NaN where one has a NaN, infinite by shape."""
    if one.shape != two.shape:
        return float("inf")
    return float(np.abs(one.astype(np.float64) - two.astype(np.float64)).max())


def cosine(first: npt.NDArray[Any], second: npt.NDArray[Any]) -> float:
    """Cosine of two feature vectors; 1 for two that are both zero."""
    one, two = first.astype(np.float64).ravel(), second.astype(np.float64).ravel()
    norms = np.linalg.norm(one) * np.linalg.norm(two)
    if norms == 0:
        return float(not one.any() and not two.any())
    return float(one @ two / norms)
