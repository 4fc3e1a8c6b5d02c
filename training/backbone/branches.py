"""One network with two ends: one keeps what the pretrained knows, one is tuned.

Fine-tuning writes over what its labels do not need. Here both ends read the same first
blocks, which stay pretrained, so that one end gives the pretrained features exactly
while the other changes as the labels ask (parameters of its own for each task, as in
Rusu et al., 2016, "Progressive neural networks"). Of the pretrained features those
principal components are kept by which the pretrained classifier's answers vary most; of
the tuned end as many channels as make up the 1,024: those that a classifier of the
labels reads most.
"""

from collections.abc import Callable

import keras
import numpy as np
from scipy.stats import ortho_group

from training.backbone.config import Branches
from training.backbone.linear_start import Line, moments
from training.backbone.mobilenet import KEPT
from training.backbone.probe import fit_logistic

TUNED = "_tuned"
LAST = "conv_pw_13"
PROJECTION = f"conv_components{KEPT}"
DEVIATION = 0.6
"""Of every kept feature: about a tuned one's, since one scale stores them all."""
MEAN = 4 * DEVIATION
"""Of every kept feature: what is below zero is not stored."""
SEED = 1
INVERSE_REGULARISATION = 0.02
"""Of the classifier that chooses features (scikit-learn's C)."""


def branch(
    pretrained: keras.Model,
    tuned: keras.Model,
    kernel: np.ndarray,
    channels: np.ndarray,
    branches: Branches,
    answers: Callable[[keras.Model], np.ndarray],
) -> keras.Model:
    """Put the ends of two MobileNets v1 behind the first blocks of one.

    Args:
        pretrained: Photos (batch, height, width, 3) -> (batch, 1024).
        tuned: A network of the same shape, whose end is the one to be tuned.
        kernel: Of the pretrained classifier, float (1024, classes).
        channels: Of the tuned network's features, which its end gives; ascending.
        branches: What is shared, and how many features are kept.
        answers: Runs a network over the training photos: float32 (photos, outputs).

    Returns:
        Photos -> float32 (batch, 1024), the kept features first.
    """
    shared = pretrained.get_layer(f"conv_pw_{branches.blocks}_relu").output
    kept = _end(pretrained, KEPT, shared, branches.blocks)
    projection = components(answers(pretrained), kernel, branches.kept_features)
    layer = keras.layers.Conv2D(branches.kept_features, 1, name=PROJECTION)
    told = keras.layers.ReLU(name=f"{PROJECTION}_relu")(layer(_mean(kept)))
    layer.set_weights([projection[0][None, None], projection[1]])
    narrow = _end(tuned, TUNED, shared, branches.blocks, channels)
    return keras.Model(pretrained.input, _features(told, narrow), name="extractor")


def components(features: np.ndarray, kernel: np.ndarray, kept: int) -> Line:
    """Project features to what a classifier's answers vary most by.

    These principal components are turned at random, so that all vary alike and none
    needs a finer step than another when they are stored as bytes.

    Args:
        features: float (photos, dimension).
        kernel: The classifier's, float (dimension, classes).
        kept: How many components.

    Returns:
        float32 kernel (dimension, kept) and bias; on `features` every output has mean
        `MEAN` and deviation `DEVIATION`.
    """
    kernel = kernel - kernel.mean(axis=1, keepdims=True)
    answers = (features - features.mean(axis=0)) @ kernel
    _, vectors = np.linalg.eigh(answers.T @ answers)
    turn = ortho_group.rvs(kept, random_state=SEED)
    projection = kernel @ vectors[:, ::-1][:, :kept] @ turn
    mean, deviation = moments(features @ projection)
    projection = projection * (DEVIATION / deviation)
    bias = MEAN - mean * (DEVIATION / deviation)
    return projection.astype(np.float32), bias.astype(np.float32)


def most_read(features: np.ndarray, labels: np.ndarray, count: int) -> np.ndarray:
    """Choose the features with the largest weights in a classifier of the labels.

    Args:
        features: float (photos, dimension).
        labels: int (photos,).
        count: How many.

    Returns:
        int (count,), ascending.
    """
    mean, deviation = moments(features)
    standard = (features - mean) / deviation
    classifier = fit_logistic(standard, labels, INVERSE_REGULARISATION)
    sizes = np.linalg.norm(classifier.coef_, axis=0)
    return np.sort(np.argsort(-sizes, kind="stable")[:count])


def _features(*maps: object) -> object:
    """Average maps (batch, height, width, channels) and join them."""
    joined = keras.layers.Concatenate()([_mean(one) for one in maps])
    # Of maps of one pixel it only takes the shape off, by an operator that is allowed.
    return keras.layers.GlobalAveragePooling2D(name="features")(joined)


def _mean(one: object) -> object:
    return keras.layers.GlobalAveragePooling2D(keepdims=True)(one)


def _end(
    network: keras.Model,
    suffix: str,
    shared: object,
    blocks: int,
    channels: np.ndarray | None = None,
) -> object:
    """Copy the layers behind `blocks` up to the last map, or some of its channels."""
    names = [layer.name for layer in network.layers]
    first = names.index(f"conv_pw_{blocks}_relu") + 1
    last = names.index(f"{LAST}_relu") + 1
    output = shared
    for layer in network.layers[first:last]:
        config, weights = layer.get_config(), layer.get_weights()
        if layer.name.startswith(LAST) and channels is not None:
            weights = [array[..., channels] for array in weights]
            if layer.name == LAST:
                config["filters"] = len(channels)
        copied = type(layer).from_config(config | {"name": layer.name + suffix})
        output = copied(output)
        copied.set_weights(weights)
    return output
