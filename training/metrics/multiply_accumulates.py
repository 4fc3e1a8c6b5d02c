"""Number of multiply-accumulate operations of a network."""

import keras
import numpy as np


def multiply_accumulates(extractor: keras.Model) -> int:
    """Count the multiply-accumulates of the convolutions for one photo."""
    total = 0
    for layer in extractor.layers:
        if isinstance(layer, keras.layers.Conv2D | keras.layers.DepthwiseConv2D):
            _, height, width, _ = layer.output.shape
            total += height * width * int(np.prod(layer.kernel.shape))
    return total
