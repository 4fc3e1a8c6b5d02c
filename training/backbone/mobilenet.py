"""MobileNet v1 as a feature extractor, and where its pretrained weights come from."""

import logging
from pathlib import Path

import keras
import numpy as np

logger = logging.getLogger(__name__)
FEATURES = 1024
STORED_WEIGHTS = "mobilenet_v1_1.0_224_qat/mobilenet_v1_1.0_224_dequantised_keras.npz"
TAUGHT_CLASSES = 1000
"""Of the pretrained classifier (ImageNet's, Russakovsky et al., 2015)."""
CONVOLUTIONS = 27
"""Convolution layers of MobileNet v1, depthwise and pointwise counted apart."""


def build_extractor(size: int) -> keras.Model:
    """Make MobileNet v1 1.0 up to its global average (Howard et al., 2017).

    Args:
        size: Height and width of the input; the weights fit every size.

    Returns:
        A model (batch, size, size, 3) in [-1, 1] -> (batch, 1024), random weights.
    """
    with_map = keras.applications.MobileNet(
        input_shape=(size, size, 3), alpha=1.0, include_top=False, weights=None
    )
    features = keras.layers.GlobalAveragePooling2D(name="features")(with_map.output)
    return keras.Model(with_map.input, features, name="extractor")


def load_pretrained(extractor: keras.Model, data: Path) -> None:
    """Give `extractor` its ImageNet weights.

    They come from `data` when they are there, else from Keras' own download.

    Raises:
        ValueError: Neither place has them; the message says how to get them.
    """
    stored = data / STORED_WEIGHTS
    if stored.is_file():
        with np.load(stored) as arrays:
            _set_weights(extractor, dict(arrays))
        logger.info("pretrained weights: %s", stored.name)
        return
    try:
        source = keras.applications.MobileNet(include_top=False, weights="imagenet")
    except Exception as error:
        raise ValueError(
            f"expected pretrained MobileNet weights at {stored} or through Keras' own "
            f"download, received neither: {error}"
        ) from error
    extractor.set_weights(source.get_weights())
    logger.info("pretrained weights: Keras' own download")


def build_teacher(size: int, data: Path) -> keras.Model:
    """Make the whole pretrained classifier, frozen.

    Args:
        size: Height and width of the input; the weights fit every size.
        data: See `load_pretrained`.

    Returns:
        A model (batch, size, size, 3) in [-1, 1] -> logits (batch, 1000).
    """
    extractor = build_extractor(size)
    load_pretrained(extractor, data)
    stored = data / STORED_WEIGHTS
    if stored.is_file():
        with np.load(stored) as arrays:
            kernel, bias = arrays["conv_preds/kernel"], arrays["conv_preds/bias"]
    else:
        whole = keras.applications.MobileNet(weights="imagenet")
        kernel, bias = whole.get_layer("conv_preds").get_weights()
    head = keras.layers.Dense(TAUGHT_CLASSES, name="taught")
    teacher = keras.Sequential([extractor, head], name="teacher")
    head.set_weights([kernel.reshape(FEATURES, TAUGHT_CLASSES), bias])
    teacher.trainable = False
    return teacher


def freeze(extractor: keras.Model, convolutions: int) -> None:
    """Freeze the first `convolutions` convolution layers and every batch norm.

    Batch norms stay as they are because those of the stored weights are folded away
    (identity and bias): their statistics are not those of any data.

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
        if isinstance(layer, keras.layers.BatchNormalization):
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
