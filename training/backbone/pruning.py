"""Structured pruning: fewer channels for a trained MobileNet v1.

A channel passes one depthwise convolution and is then mixed with the others by the next
pointwise one. It is removed where that layer can be refitted without it at little
error: optimal brain surgeon (Hassibi and Stork, 1993) for the inputs of a layer instead
of single weights, and so the least-squares refit of He, Zhang and Sun (2017, "Channel
pruning for accelerating very deep neural networks"). Errors of several layers add up:
fine-tuning has to follow.
"""

import keras
import numpy as np

from training.arrays import Floats, Integers
from training.backbone.config import BLOCKS

RIDGE = 1e-4
"""Added to the inputs' covariance, in units of their mean variance."""
BATCH = 32


def prune(extractor: keras.Model, width: float, photos: Floats) -> keras.Model:
    """Remove channels of all layers but the last, whose outputs are the features.

    Args:
        extractor: MobileNet v1, photos (batch, height, width, 3) -> (batch, 1024).
        width: Share of the channels that every layer keeps, above 0 and at most 1.
        photos: float (photos, height, width, 3) in [-1, 1], to measure the errors on.

    Returns:
        A narrower network with as many features.

    Raises:
        ValueError: The width is not above 0 and at most 1.
    """
    if not 0 < width <= 1:
        raise ValueError(f"width: expected above 0 and at most 1, received {width}")
    weights = {layer.name: layer.get_weights() for layer in extractor.layers}
    means, covariances = _statistics(extractor, photos)
    filters = {}
    for block in range(1, BLOCKS + 1):
        source, norm = _source(block)
        pointwise = f"conv_pw_{block}"
        (kernel,) = weights[pointwise]
        mean = means[block]
        kept, refitted = least_squares_pruning(
            covariances[block], kernel[0, 0], int(width * len(mean))
        )
        # The next batch norm adds what the removed channels gave on average.
        weights[f"{pointwise}_bn"][2] -= mean @ kernel[0, 0] - mean[kept] @ refitted
        weights[pointwise] = [refitted[None, None]]
        weights[source] = [weights[source][0][..., kept]]
        weights[f"conv_dw_{block}"] = [weights[f"conv_dw_{block}"][0][:, :, kept]]
        for name in (norm, f"conv_dw_{block}_bn"):
            weights[name] = [array[kept] for array in weights[name]]
        filters[source] = len(kept)
    narrow = _with_filters(extractor, filters)
    for layer in narrow.layers:
        if layer.weights:
            layer.set_weights(weights[layer.name])
    return narrow


def least_squares_pruning(
    covariance: Floats, kernel: Floats, count: int
) -> tuple[Integers, Floats]:
    """Remove inputs of a linear layer one by one, each the one of least error.

    Without input j the best refit of the others errs by w_j^2 / [C^-1]_jj more, summed
    over outputs: the input with the smallest error goes, and its weights are
    redistributed to the others.

    Args:
        covariance: C, float (inputs, inputs).
        kernel: w, float (inputs, outputs).
        count: Number of inputs that stay.

    Returns:
        Their indices, int (count,), ascending, and the refitted kernel, float32
        (count, outputs).
    """
    inputs = len(covariance)
    ridge = RIDGE * np.trace(covariance) / inputs + np.finfo(np.float32).tiny
    inverse = np.linalg.inv(covariance + ridge * np.eye(inputs))
    kept, refitted = np.arange(inputs), kernel.astype(np.float64)
    while len(kept) > count:
        errors = (refitted**2).sum(axis=1) / np.diag(inverse)
        worst = int(errors.argmin())
        share = inverse[:, worst] / inverse[worst, worst]
        refitted = refitted - np.outer(share, refitted[worst])
        inverse = inverse - np.outer(share, inverse[worst])
        kept, refitted = np.delete(kept, worst), np.delete(refitted, worst, axis=0)
        inverse = np.delete(np.delete(inverse, worst, axis=0), worst, axis=1)
    return kept, refitted.astype(np.float32)


def _source(block: int) -> tuple[str, str]:
    """Name the convolution whose outputs a block reads, and its batch norm."""
    name = "conv1" if block == 1 else f"conv_pw_{block - 1}"
    return name, f"{name}_bn"


def _statistics(
    extractor: keras.Model, photos: Floats
) -> tuple[dict[int, Floats], dict[int, Floats]]:
    """Mean and covariance of the inputs of each pointwise layer, by its block."""
    blocks = range(1, BLOCKS + 1)
    seen = keras.Model(
        extractor.input,
        [extractor.get_layer(f"conv_dw_{block}_relu").output for block in blocks],
    )
    counts = dict.fromkeys(blocks, 0)
    sums: dict[int, Floats] = {}
    products: dict[int, Floats] = {}
    for first in range(0, len(photos), BATCH):
        for block, found in zip(
            blocks, seen(photos[first : first + BATCH], training=False), strict=True
        ):
            rows = np.reshape(found, (-1, found.shape[-1]))
            counts[block] += len(rows)
            sums[block] = sums.get(block, 0.0) + rows.sum(axis=0, dtype=np.float64)
            products[block] = products.get(block, 0.0) + (rows.T @ rows).astype(float)
    means: dict[int, Floats] = {block: sums[block] / counts[block] for block in blocks}
    covariances: dict[int, Floats] = {
        block: products[block] / counts[block] - np.outer(means[block], means[block])
        for block in blocks
    }
    return means, covariances


def _with_filters(extractor: keras.Model, filters: dict[str, int]) -> keras.Model:
    def clone(layer: keras.Layer) -> keras.Layer:
        config = layer.get_config()
        if layer.name in filters:
            config["filters"] = filters[layer.name]
        return type(layer).from_config(config)

    return keras.models.clone_model(extractor, clone_function=clone)
