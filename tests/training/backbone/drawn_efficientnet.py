"""A small EfficientNet-lite0 of random weights."""

import numpy as np

from training.backbone.efficientnet import BLOCKS
from training.backbone.efficientnet_weights import Weights

KERNELS = (3, 3, 5, 3, 5, 5, 3)


def drawn_weights(channels: int = 8, dimension: int = 12, classes: int = 5) -> Weights:
    """Random weights by PyTorch's names, as few as possible."""
    random = np.random.default_rng(0)
    weights: dict[str, np.ndarray] = {}

    def draw(name: str, *shape: int) -> None:
        size = np.sqrt(2 / np.prod(shape[1:]))
        weights[name] = random.normal(0, size, shape).astype(np.float32)

    def normalise(name: str, count: int) -> None:
        for part in ("weight", "running_var"):
            values = random.uniform(0.8, 1.2, count)
            weights[f"{name}.{part}"] = values.astype(np.float32)
        for part in ("bias", "running_mean"):
            values = random.normal(0, 0.1, count)
            weights[f"{name}.{part}"] = values.astype(np.float32)

    draw("_conv_stem.weight", channels, 3, 3, 3)
    normalise("_bn0", channels)
    number = 0
    for (repeats, _, expansion), kernel in zip(BLOCKS, KERNELS, strict=True):
        for _ in range(repeats):
            block, wide = f"_blocks.{number}.", channels * expansion
            if expansion != 1:
                draw(f"{block}_expand_conv.weight", wide, channels, 1, 1)
                normalise(f"{block}_bn0", wide)
            draw(f"{block}_depthwise_conv.weight", wide, 1, kernel, kernel)
            normalise(f"{block}_bn1", wide)
            draw(f"{block}_project_conv.weight", channels, wide, 1, 1)
            normalise(f"{block}_bn2", channels)
            number += 1
    draw("_conv_head.weight", dimension, channels, 1, 1)
    normalise("_bn1", dimension)
    draw("_fc.weight", classes, dimension)
    weights["_fc.bias"] = np.zeros(classes, np.float32)
    return weights
