"""The convolutional networks that DVBPR was published with, from random weights.

CNN-F: Chatfield et al., "Return of the Devil in the Details" (BMVC 2014), table 1.
AlexNet: Krizhevsky et al., "ImageNet Classification with Deep Convolutional Neural
Networks" (2012), section 3.5, with its convolutions over halves of the channels.
"""

from typing import Any

import keras
import tensorflow as tf

from training.arrays import Tensor

SIZE = 224
"""Height and width of the pictures."""
UNITS = 4096
"""Of the two dense layers."""
START = "he_normal"
"""Of the kernels: Gaussians of deviation .01, as published, need days to grow."""


@keras.saving.register_keras_serializable("photo_interests")
class LocalResponseNormalisation(keras.layers.Layer):
    """Divides by (k + alpha * sum of squares of 5 neighbouring channels) ** .75.

    Args:
        alpha: See there.
        bias: k.
    """

    def __init__(self, alpha: float = 1e-4, bias: float = 2.0, **options: Any) -> None:
        super().__init__(**options)
        self.alpha, self.bias = alpha, bias

    def call(self, values: Tensor) -> Tensor:
        """Normalises `(batch, height, width, channels)`."""
        return tf.nn.local_response_normalization(
            values, depth_radius=2, bias=self.bias, alpha=self.alpha, beta=0.75
        )


def cnn_f(outputs: int, dropout: float = 0.5) -> keras.Model:
    """Make CNN-F: 60.8 million parameters with 1,000 outputs.

    Args:
        outputs: Length of the last layer.
        dropout: After each of the two dense layers.

    Returns:
        From `(batch, 224, 224, 3)` to `(batch, outputs)`.
    """
    pixels = keras.Input((SIZE, SIZE, 3))
    values = _convolution(pixels, 64, 11, strides=4, padding="valid")
    # 54 x 54, padded by one at the right and below, as published.
    values = _pooled(LocalResponseNormalisation()(values), padding="same")
    values = _pooled(LocalResponseNormalisation()(_convolution(values, 256, 5)))
    for _ in range(3):
        values = _convolution(values, 256, 3)
    return keras.Model(pixels, _dense(_pooled(values), outputs, dropout), name="cnn_f")


def alexnet(outputs: int, dropout: float = 0.5) -> keras.Model:
    """Make AlexNet: 61.0 million parameters with 1,000 outputs.

    Args:
        outputs: Length of the last layer.
        dropout: After each of the two dense layers.

    Returns:
        From `(batch, 224, 224, 3)`, padded to the 227 that its arithmetic needs, to
        `(batch, outputs)`.
    """
    pixels = keras.Input((SIZE, SIZE, 3))
    values = keras.layers.ZeroPadding2D(((1, 2), (1, 2)))(pixels)
    values = _convolution(values, 96, 11, strides=4, padding="valid")
    values = _pooled(LocalResponseNormalisation()(values))
    values = _in_halves(values, 256, 5)
    values = _pooled(LocalResponseNormalisation()(values))
    values = _convolution(values, 384, 3)
    values = _in_halves(_in_halves(values, 384, 3), 256, 3)
    return keras.Model(
        pixels, _dense(_pooled(values), outputs, dropout), name="alexnet"
    )


NETWORKS = {"cnn_f": cnn_f, "alexnet": alexnet}


def _convolution(
    values: Tensor, filters: int, size: int, strides: int = 1, padding: str = "same"
) -> Tensor:
    return keras.layers.Conv2D(
        filters,
        size,
        strides,
        padding,
        activation="relu",
        kernel_initializer=START,
    )(values)


def _in_halves(values: Tensor, filters: int, size: int) -> Tensor:
    """Convolves each half of the channels by itself: TensorFlow has no such CPU op."""
    half = values.shape[-1] // 2
    parts = (values[..., :half], values[..., half:])
    made = [_convolution(part, filters // 2, size) for part in parts]
    return keras.layers.Concatenate()(made)


def _pooled(values: Tensor, padding: str = "valid") -> Tensor:
    return keras.layers.MaxPooling2D(3, 2, padding)(values)


def _dense(values: Tensor, outputs: int, dropout: float) -> Tensor:
    values = keras.layers.Flatten()(values)
    for _ in range(2):
        layer = keras.layers.Dense(UNITS, activation="relu", kernel_initializer=START)
        values = keras.layers.Dropout(dropout)(layer(values))
    return keras.layers.Dense(outputs)(values)
