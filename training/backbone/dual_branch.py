"""The dual-branch network: a pretrained teacher branch beside a tuned task branch.

Fine-tuning overwrites what its labels do not need. Here both branches read the same
first blocks, so that the teacher branch gives the pretrained features exactly while the
task branch adapts to the labels (parameters of its own for each task, as in Rusu et
al., 2016, "Progressive neural networks"). Of the pretrained features, the teacher
branch gives those principal components by which the pretrained classifier's logits vary
most; the task branch gives as many channels as complete the 1,024: those that a
classifier of the labels weights most.
"""

from collections.abc import Callable

import keras
import numpy as np
from scipy.stats import ortho_group

from training.arrays import Floats, Integers, Tensor
from training.backbone.config import DualBranch
from training.backbone.linear_init import LinearMap, moments
from training.backbone.mobilenet import TEACHER_BRANCH
from training.backbone.probe import fit_logistic

TASK_BRANCH = "_tuned"
"""Suffix of the layer names of a task branch, which stored networks carry."""
LAST = "conv_pw_13"
PROJECTION = f"conv_components{TEACHER_BRANCH}"
DEVIATION = 0.6
"""Deviation of each teacher feature: about a task feature's, since both are stored with
one scale."""
MEAN = 4 * DEVIATION
"""Mean of each teacher feature: values below zero are not stored."""
SEED = 1
INVERSE_REGULARISATION = 0.02
"""scikit-learn's C of the classifier that chooses task features."""


def dual_branch(
    pretrained: keras.Model,
    task: keras.Model,
    kernel: Floats,
    channels: Integers,
    init: DualBranch,
    predict: Callable[[keras.Model], Floats],
) -> keras.Model:
    """Join two MobileNets v1 after the first blocks of the pretrained one.

    Args:
        pretrained: Photos (batch, height, width, 3) -> (batch, 1024).
        task: A network of the same shape, whose last blocks are to be tuned.
        kernel: Kernel of the pretrained classifier, float (1024, classes).
        channels: Features of `task` that the task branch gives, int, ascending.
        init: Shared blocks and number of teacher features.
        predict: Runs a network over the training photos: float32 (photos, outputs).

    Returns:
        Photos -> float32 (batch, 1024), the teacher features first.
    """
    blocks = init.shared_blocks
    shared = pretrained.get_layer(f"conv_pw_{blocks}_relu").output
    teacher_maps = _branch(pretrained, TEACHER_BRANCH, shared, blocks)
    projection = components(predict(pretrained), kernel, init.teacher_features)
    layer = keras.layers.Conv2D(init.teacher_features, 1, name=PROJECTION)
    relu = keras.layers.ReLU(name=f"{PROJECTION}_relu")
    teacher_features = relu(layer(_mean(teacher_maps)))
    layer.set_weights([projection[0][None, None], projection[1]])
    task_maps = _branch(task, TASK_BRANCH, shared, blocks, channels)
    joined = keras.layers.Concatenate()([_mean(teacher_features), _mean(task_maps)])
    # On maps of one pixel it only drops two axes, by an operator that is allowed.
    features = keras.layers.GlobalAveragePooling2D(name="features")(joined)
    return keras.Model(pretrained.input, features, name="extractor")


def components(features: Floats, kernel: Floats, count: int) -> LinearMap:
    """Project features to the principal components of a classifier's logits.

    The components are rotated at random, so that all vary alike and none needs a finer
    quantisation step than another.

    Args:
        features: float (photos, dimension).
        kernel: Kernel of the classifier, float (dimension, classes).
        count: Number of components.

    Returns:
        float32 kernel (dimension, count) and bias (count,); on `features`, every output
        has mean `MEAN` and deviation `DEVIATION`.
    """
    kernel = kernel - kernel.mean(axis=1, keepdims=True)
    logits = (features - features.mean(axis=0)) @ kernel
    _, vectors = np.linalg.eigh(logits.T @ logits)
    rotation = ortho_group.rvs(count, random_state=SEED)
    projection = kernel @ vectors[:, ::-1][:, :count] @ rotation
    mean, deviation = moments(features @ projection)
    projection = projection * (DEVIATION / deviation)
    bias = MEAN - mean * (DEVIATION / deviation)
    return projection.astype(np.float32), bias.astype(np.float32)


def most_weighted(features: Floats, labels: Integers, count: int) -> Integers:
    """Choose the features with the largest weights in a classifier of the labels.

    Args:
        features: float (photos, dimension).
        labels: int (photos,).
        count: Number of features to choose.

    Returns:
        Their indices, int (count,), ascending.
    """
    mean, deviation = moments(features)
    standard = (features - mean) / deviation
    classifier = fit_logistic(standard, labels, INVERSE_REGULARISATION)
    sizes = np.linalg.norm(classifier.coef_, axis=0)
    return np.sort(np.argsort(-sizes, kind="stable")[:count])


def _mean(maps: Tensor) -> Tensor:
    return keras.layers.GlobalAveragePooling2D(keepdims=True)(maps)


def _branch(
    network: keras.Model,
    suffix: str,
    shared: Tensor,
    blocks: int,
    channels: Integers | None = None,
) -> Tensor:
    """Copy the layers after `blocks` up to the last map, or some of its channels."""
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
