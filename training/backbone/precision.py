"""An extractor that computes in less than float32."""

from typing import Any

import keras


def in_precision(extractor: keras.Model, precision: str | None) -> keras.Model:
    """Copy an extractor so that its convolutions compute in another precision.

    The policy is that of its layers, none of the process. Weights stay float32, and
    so do the features: the average over the last map is float32's.

    Args:
        extractor: Photos -> features, of any width.
        precision: A Keras dtype policy, as `mixed_bfloat16`; None gives `extractor`.
    """
    if precision is None:
        return extractor

    def copied(layer: keras.Layer) -> Any:
        config = layer.get_config()
        kept = (
            keras.layers.InputLayer,
            keras.layers.GlobalAveragePooling2D,
            keras.layers.Concatenate,
        )
        if not isinstance(layer, kept):
            config["dtype"] = precision
        return type(layer).from_config(config)

    other = keras.models.clone_model(extractor, clone_function=copied)
    other.set_weights(extractor.get_weights())
    return other
