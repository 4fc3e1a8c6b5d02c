"""MobileNet v1 as a feature extractor: building, copying and freezing it."""

from collections.abc import Callable

import keras

TEACHER_BRANCH = "_kept"
"""Suffix of the layer names of a teacher branch, which stored networks carry."""
CONVOLUTIONS = 27
"""Convolution layers of MobileNet v1, depthwise and pointwise counted apart."""


def build_extractor(size: int, width: float = 1.0) -> keras.Model:
    """Build MobileNet v1 up to its global average (Howard et al., 2017).

    Args:
        size: Height and width of the input, in pixels; the weights fit every size.
        width: Width multiplier: multiplies the channels of every layer.

    Returns:
        A model (batch, size, size, 3) in [-1, 1] -> (batch, 1024 width), with random
        weights.
    """
    with_map = keras.applications.MobileNet(
        input_shape=(size, size, 3), alpha=width, include_top=False, weights=None
    )
    features = keras.layers.GlobalAveragePooling2D(name="features")(with_map.output)
    return keras.Model(with_map.input, features, name="extractor")


def cloned(
    extractor: keras.Model,
    clone_layer: Callable[[keras.Layer], keras.Layer],
    size: int | None = None,
) -> keras.Model:
    """Copy an extractor and its weights with some layers replaced.

    Args:
        extractor: Photos -> features.
        clone_layer: Makes the copy of each layer, with weights of the same shapes.
        size: Height and width of the copy's input, in pixels; None for the same.
    """
    photos = None if size is None else keras.Input((size, size, 3))
    other = keras.models.clone_model(extractor, photos, clone_function=clone_layer)
    other.set_weights(extractor.get_weights())
    return other


def at_size(extractor: keras.Model, size: int) -> keras.Model:
    """Copy an extractor of any width for another input; the weights fit every size.

    On a map of odd size, a convolution of stride 2 never reads the padding: there it is
    removed, since TFLite cannot make it a part of the convolution.

    Args:
        extractor: Photos -> features.
        size: Height and width of the new input, in pixels.
    """
    return cloned(cloned(extractor, _padded, size), _padded_where_read)


def _padded(layer: keras.Layer) -> keras.Layer:
    if layer.name.startswith("conv_pad_"):
        return keras.layers.ZeroPadding2D(((0, 1), (0, 1)), name=layer.name)
    return type(layer).from_config(layer.get_config())


def _padded_where_read(layer: keras.Layer) -> keras.Layer:
    if layer.name.startswith("conv_pad_") and layer.input.shape[1] % 2:
        return keras.layers.Identity(name=layer.name)
    return type(layer).from_config(layer.get_config())


def in_precision(extractor: keras.Model, precision: str | None) -> keras.Model:
    """Copy an extractor so that its convolutions compute in another precision.

    The policy is set on its layers, not on the process. Weights stay float32, and so do
    the features: the average over the last map is computed in float32.

    Args:
        extractor: Photos -> features, of any width.
        precision: Keras dtype policy such as `mixed_bfloat16`; None gives `extractor`.
    """
    if precision is None:
        return extractor
    in_float32 = (
        keras.layers.InputLayer,
        keras.layers.GlobalAveragePooling2D,
        keras.layers.Concatenate,
    )

    def clone_layer(layer: keras.Layer) -> keras.Layer:
        config = layer.get_config()
        if not isinstance(layer, in_float32):
            config["dtype"] = precision
        return type(layer).from_config(config)

    return cloned(extractor, clone_layer)


def freeze(extractor: keras.Model, convolutions: int) -> None:
    """Freeze the first convolutions, and all batch norms.

    Where some are frozen, a teacher branch is frozen too. Batch norms stay fixed, since
    they are folded (identity and bias): their statistics are not those of any data.

    Args:
        extractor: MobileNet v1, of one branch or two.
        convolutions: Number of convolution layers to freeze.

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
        is_teacher = convolutions > 0 and layer.name.endswith(TEACHER_BRANCH)
        if is_teacher or isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False
        elif isinstance(layer, keras.layers.Conv2D | keras.layers.DepthwiseConv2D):
            seen += 1
            layer.trainable = seen > convolutions
