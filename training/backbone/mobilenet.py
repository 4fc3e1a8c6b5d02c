"""MobileNet v1 as a feature extractor, and where its pretrained weights come from."""

import logging
from pathlib import Path

import keras
import numpy as np

from training.backbone.folding import fold_batch_norms
from training.backbone.precision import in_precision
from training.backbone.stored_weights import STORED_WEIGHTS, stored_weights

logger = logging.getLogger(__name__)
FEATURES = 1024
TAUGHT_CLASSES = 1000
"""Of the pretrained classifier (ImageNet's, Russakovsky et al., 2015)."""
CONVOLUTIONS = 27
"""Convolution layers of MobileNet v1, depthwise and pointwise counted apart."""
KEPT = "_kept"
"""Ends the names of the layers of the end that keeps; see `branches`."""


def build_extractor(size: int, width: float = 1.0) -> keras.Model:
    """Make MobileNet v1 up to its global average (Howard et al., 2017).

    Args:
        size: Height and width of the input; the weights fit every size.
        width: Multiplies the channels of every layer.

    Returns:
        A model (batch, size, size, 3) in [-1, 1] -> (batch, 1024 width), random
        weights.
    """
    with_map = keras.applications.MobileNet(
        input_shape=(size, size, 3), alpha=width, include_top=False, weights=None
    )
    features = keras.layers.GlobalAveragePooling2D(name="features")(with_map.output)
    return keras.Model(with_map.input, features, name="extractor")


def at_size(extractor: keras.Model, size: int) -> keras.Model:
    """Copy an extractor of any width for another input; the weights fit every size.

    Of a map of an odd size a convolution of stride 2 never reads the padding: there it
    is left out, since TFLite cannot make it a part of the convolution.
    """
    photos = keras.Input((size, size, 3))
    padded = keras.models.clone_model(extractor, photos, clone_function=_padded)
    other = keras.models.clone_model(padded, clone_function=_padded_where_read)
    other.set_weights(extractor.get_weights())
    return other


def _padded(layer: keras.Layer) -> keras.Layer:
    if layer.name.startswith("conv_pad_"):
        return keras.layers.ZeroPadding2D(((0, 1), (0, 1)), name=layer.name)
    return type(layer).from_config(layer.get_config())


def _padded_where_read(layer: keras.Layer) -> keras.Layer:
    if layer.name.startswith("conv_pad_") and layer.input.shape[1] % 2:
        return keras.layers.Identity(name=layer.name)
    return type(layer).from_config(layer.get_config())


def load_pretrained(extractor: keras.Model, data: Path, width: float = 1.0) -> None:
    """Give `extractor`, of a width, its ImageNet weights, batch norms folded.

    They come from `data` when they are there, else from Keras' own download.

    Raises:
        ValueError: Neither place has them; the message says how to get them.
    """
    stored = data / STORED_WEIGHTS.get(width, "nowhere")
    if stored.is_file():
        _set_weights(extractor, stored_weights(stored))
        fold_batch_norms(extractor)
        logger.info("pretrained weights: %s", stored.relative_to(data))
        return
    try:
        source = keras.applications.MobileNet(
            alpha=width, include_top=False, weights="imagenet"
        )
    except Exception as error:
        raise ValueError(
            f"expected pretrained MobileNet weights at {stored} or through Keras' own "
            f"download, received neither: {error}"
        ) from error
    extractor.set_weights(source.get_weights())
    fold_batch_norms(extractor)
    logger.info("pretrained weights: Keras' own download")


def build_teacher(size: int, data: Path, precision: str | None = None) -> keras.Model:
    """Make the whole pretrained classifier, frozen.

    Args:
        size: Height and width of the input; the weights fit every size.
        data: See `load_pretrained`.
        precision: Of its convolutions; see `in_precision`.

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
    head = keras.layers.Dense(TAUGHT_CLASSES, name="taught")
    extractor = in_precision(extractor, precision)
    teacher = keras.Sequential([extractor, head], name="teacher")
    head.set_weights([kernel.reshape(FEATURES, TAUGHT_CLASSES), bias])
    teacher.trainable = False
    return teacher


def freeze(extractor: keras.Model, convolutions: int) -> None:
    """Freeze the first `convolutions` convolutions, and all batch norms.

    Where some are frozen, what is `KEPT` behind them is so too.

    Batch norms stay as they are because they are folded away (identity and bias):
    their statistics are not those of any data.

    Raises:
        ValueError: There are not so many convolution layers.
    """
    if not 0 <= convolutions <= CONVOLUTIONS:
        raise ValueError(
            f"frozen convolutions: expected 0 to {CONVOLUTIONS}, "
            f"received {convolutions}"
        )
    seen = 0
    for layer in extractor.layers:
        is_kept = convolutions > 0 and layer.name.endswith(KEPT)
        if is_kept or isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False
        elif isinstance(layer, keras.layers.Conv2D | keras.layers.DepthwiseConv2D):
            seen += 1
            layer.trainable = seen > convolutions


def _set_weights(extractor: keras.Model, arrays: dict[str, np.ndarray]) -> None:
    for layer in extractor.layers:
        if layer.weights:
            layer.set_weights(
                [
                    _array(arrays, layer.name, variable.name)
                    for variable in layer.weights
                ]
            )


def _array(arrays: dict[str, np.ndarray], layer: str, variable: str) -> np.ndarray:
    for key in (f"{layer}/{variable}", f"{layer}/depthwise_kernel"):
        if key in arrays:
            return arrays[key]
    raise ValueError(f"expected weights for {layer}/{variable}, received none")
