"""Pretrained MobileNet weights: read from the disk, with batch norms folded."""

import json
import logging
from pathlib import Path

import keras
import numpy as np

from training.arrays import Floats
from training.backbone.config import FEATURES
from training.backbone.mobilenet import build_extractor, in_precision

logger = logging.getLogger(__name__)
TEACHER_CLASSES = 1000
"""Classes of the pretrained classifier (ImageNet; Russakovsky et al., 2015)."""
STORED_WEIGHTS = {
    1.0: "mobilenet_v1_1.0_224_qat/mobilenet_v1_1.0_224_dequantised_keras.npz",
    0.75: "mobilenet_v1_0.75_224_float/tfjs/model.json",
}
"""By width: arrays with Keras' names, or the layer files of TensorFlow.js."""


def load_pretrained(extractor: keras.Model, data: Path, width: float = 1.0) -> None:
    """Load ImageNet weights into an extractor, batch norms folded.

    They are read from `data` where they are there, else from Keras' own download.

    Args:
        extractor: MobileNet v1 of that width.
        data: Folder with the pretrained weights.
        width: Width multiplier.

    Raises:
        ValueError: Neither place has them; the message says how to get them.
    """
    stored = data / STORED_WEIGHTS.get(width, "nowhere")
    if stored.is_file():
        _set_weights(extractor, stored_weights(stored))
        logger.info("pretrained weights: %s", stored.relative_to(data))
    else:
        weights = _downloaded(stored, width).get_weights()
        extractor.set_weights(weights)
        logger.info("pretrained weights: Keras' own download")
    fold_batch_norms(extractor)


def pretrained_input(data: Path, width: float) -> Path | bytes:
    """Give what identifies the pretrained weights as an input of a run.

    Args:
        data: Folder with the pretrained weights.
        width: Width multiplier.

    Returns:
        The file or folder of the weights, or the name of Keras' own download.
    """
    stored = data / STORED_WEIGHTS.get(width, "nowhere")
    if not stored.is_file():
        return b"Keras' own download"
    return stored.parent if stored.name == "model.json" else stored


def _downloaded(stored: Path, width: float) -> keras.Model:
    try:
        return keras.applications.MobileNet(
            alpha=width, include_top=False, weights="imagenet"
        )
    except Exception as error:
        raise ValueError(
            f"expected pretrained MobileNet weights at {stored} or through Keras' own "
            f"download, received neither: {error}"
        ) from error


def build_teacher(size: int, data: Path, precision: str | None = None) -> keras.Model:
    """Build the whole pretrained classifier, frozen.

    Args:
        size: Height and width of the input, in pixels; the weights fit every size.
        data: Folder with the pretrained weights.
        precision: Precision of its convolutions; see `in_precision`.

    Returns:
        A model (batch, size, size, 3) in [-1, 1] -> logits (batch, 1000).
    """
    extractor = build_extractor(size)
    load_pretrained(extractor, data)
    stored = data / STORED_WEIGHTS[1.0]
    if stored.is_file():
        arrays = stored_weights(stored)
        kernel, bias = arrays["conv_preds/kernel"], arrays["conv_preds/bias"]
    else:
        whole = keras.applications.MobileNet(weights="imagenet")
        kernel, bias = whole.get_layer("conv_preds").get_weights()
    head = keras.layers.Dense(TEACHER_CLASSES, name="teacher_classifier")
    teacher = keras.Sequential(
        [in_precision(extractor, precision), head], name="teacher"
    )
    head.set_weights([kernel.reshape(FEATURES, TEACHER_CLASSES), bias])
    teacher.trainable = False
    return teacher


def fold_batch_norms(extractor: keras.Model) -> None:
    """Move the scales of batch norms into the kernels; the outputs stay the same.

    Each batch norm keeps its bias alone, as in the stored weights of width 1.0.
    Fine-tuning keeps batch norms fixed; where one multiplies a kernel's changes by ten,
    a learning rate that suits other layers is too high for that one.

    Args:
        extractor: MobileNet v1; each `NAME_bn` follows the convolution `NAME`.
    """
    for norm in extractor.layers:
        if not isinstance(norm, keras.layers.BatchNormalization):
            continue
        convolution = extractor.get_layer(norm.name.removesuffix("_bn"))
        gamma, beta, mean, variance = norm.get_weights()
        scale = gamma / np.sqrt(variance + norm.epsilon)
        (kernel,) = convolution.get_weights()
        # Depthwise kernels are (height, width, channels, 1).
        is_depthwise = isinstance(convolution, keras.layers.DepthwiseConv2D)
        convolution.set_weights([kernel * (scale[:, None] if is_depthwise else scale)])
        ones, zeros = np.ones_like(gamma), np.zeros_like(gamma)
        bias = beta - mean * scale
        norm.set_weights([ones, bias, zeros, ones - np.float32(norm.epsilon)])


def stored_weights(path: Path) -> dict[str, Floats]:
    """Read arrays by names such as `conv_pw_1/kernel`.

    Args:
        path: `.npz`, or the `model.json` of TensorFlow.js with its shards beside it.

    Raises:
        ValueError: A group of shards is shorter than its arrays.
    """
    if path.suffix == ".npz":
        with np.load(path) as arrays:
            return dict(arrays)
    found: dict[str, Floats] = {}
    for group in json.loads(path.read_text(encoding="utf-8"))["weightsManifest"]:
        shards = [np.fromfile(path.parent / p, np.float32) for p in group["paths"]]
        values, start = np.concatenate(shards), 0
        for one in group["weights"]:
            count = int(np.prod(one["shape"]))
            part = values[start : start + count]
            if len(part) < count:
                raise ValueError(
                    f"{path}: expected {count} numbers of {one['name']}, "
                    f"received {len(part)}"
                )
            found[one["name"]] = part.reshape(one["shape"])
            start += count
    return found


def _set_weights(extractor: keras.Model, arrays: dict[str, Floats]) -> None:
    for layer in extractor.layers:
        if layer.weights:
            layer.set_weights(
                [_array(arrays, layer.name, weight.name) for weight in layer.weights]
            )


def _array(arrays: dict[str, Floats], layer: str, variable: str) -> Floats:
    for key in (f"{layer}/{variable}", f"{layer}/depthwise_kernel"):
        if key in arrays:
            return arrays[key]
    raise ValueError(f"expected weights for {layer}/{variable}, received none")
