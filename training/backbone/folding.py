"""Batch norms folded into the convolutions before them, so that rates suit both."""

import keras
import numpy as np


def fold_batch_norms(extractor: keras.Model) -> None:
    """Move the scales of batch norms into the kernels; the outputs stay the same.

    Each batch norm is left with its bias alone, as those of the stored weights of
    width 1.0 are. Fine-tuning keeps batch norms fixed; where one multiplies a kernel's
    changes by ten, a rate that suits other layers is too high for that one.

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
        depthwise = isinstance(convolution, keras.layers.DepthwiseConv2D)
        convolution.set_weights([kernel * (scale[:, None] if depthwise else scale)])
        ones, zeros = np.ones_like(gamma), np.zeros_like(gamma)
        bias = beta - mean * scale
        norm.set_weights([ones, bias, zeros, ones - np.float32(norm.epsilon)])
