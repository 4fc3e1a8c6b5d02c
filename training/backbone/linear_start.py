"""How layers over the features start: from features in deviations from their mean."""

from collections.abc import Callable

import keras
import numpy as np

SMALLEST_DEVIATION = 1e-3
"""Added to a feature's deviation, since some features never vary."""

Line = tuple[np.ndarray, np.ndarray]
"""Kernel (dimension, outputs) and bias (outputs,)."""


def moments(features: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Give mean and deviation, each (dimension,), of features (photos, dimension)."""
    return features.mean(axis=0), features.std(axis=0) + SMALLEST_DEVIATION


def start_line(
    model: keras.Model,
    layer: str,
    features: np.ndarray,
    fit: Callable[[np.ndarray], Line],
) -> None:
    """Start a dense layer over the features from a fit on standardised ones.

    Args:
        model: Has the layer.
        layer: Its name.
        features: float (photos, dimension) of the extractor it starts with.
        fit: From these, standardised, to the line.
    """
    mean, deviation = moments(features)
    kernel, bias = fit((features - mean) / deviation)
    kernel = kernel / deviation[:, None]
    model.get_layer(layer).set_weights([kernel, bias - mean @ kernel])
