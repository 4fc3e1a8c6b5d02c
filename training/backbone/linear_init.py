"""Initialises dense layers on the features from fits on standardised features."""

from collections.abc import Callable

import keras

from training.arrays import Floats

MIN_DEVIATION = 1e-3
"""Added to a feature's deviation, since some features are constant."""

LinearMap = tuple[Floats, Floats]
"""Kernel (dimension, outputs) and bias (outputs,)."""


def moments(features: Floats) -> tuple[Floats, Floats]:
    """Give mean and deviation, each (dimension,), of features (photos, dimension)."""
    return features.mean(axis=0), features.std(axis=0) + MIN_DEVIATION


def initialise_dense(
    model: keras.Model,
    layer: str,
    features: Floats,
    fit: Callable[[Floats], LinearMap],
) -> None:
    """Initialise a dense layer on the features from a fit on standardised ones.

    Args:
        model: The network with the layer.
        layer: Name of the layer.
        features: float (photos, dimension) of the initial extractor.
        fit: Fits a linear map to these features, standardised.
    """
    mean, deviation = moments(features)
    kernel, bias = fit((features - mean) / deviation)
    kernel = kernel / deviation[:, None]
    model.get_layer(layer).set_weights([kernel, bias - mean @ kernel])
