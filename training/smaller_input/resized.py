"""The same network and the same photos, smaller."""

import keras
import numpy as np
from PIL import Image

from training.backbone.mobilenet import build_extractor


def resized(photos: np.ndarray, size: int) -> np.ndarray:
    """Resize packed photos by the triangle filter, as photo files are.

    Args:
        photos: uint8 `(photos, height, width, 3)`.
        size: Height and width wanted.
    """
    wanted = (size, size)
    if photos.shape[1:3] == wanted:
        return photos
    small = [
        np.asarray(Image.fromarray(photo).resize(wanted, Image.Resampling.BILINEAR))
        for photo in photos
    ]
    return np.stack(small) if small else np.empty((0, *wanted, 3), np.uint8)


def at_size(extractor: keras.Model, size: int) -> keras.Model:
    """Gives an extractor another input; the weights fit every size."""
    other = build_extractor(size)
    other.set_weights(extractor.get_weights())
    return other


def multiplications(extractor: keras.Model) -> int:
    """Counts the multiply-accumulates of the convolutions for one photo."""
    total = 0
    for layer in extractor.layers:
        if isinstance(layer, keras.layers.Conv2D | keras.layers.DepthwiseConv2D):
            _, height, width, _ = layer.output.shape
            total += height * width * int(np.prod(layer.kernel.shape))
    return total
