"""Reads pretrained MobileNet weights that lie on the disk."""

import json
from pathlib import Path

import numpy as np

STORED_WEIGHTS = {
    1.0: "mobilenet_v1_1.0_224_qat/mobilenet_v1_1.0_224_dequantised_keras.npz",
    0.75: "mobilenet_v1_0.75_224_float/tfjs/model.json",
}
"""By width: arrays of Keras' names, or the layer files of TensorFlow.js."""


def stored_weights(path: Path) -> dict[str, np.ndarray]:
    """Read arrays by names such as `conv_pw_1/kernel`.

    Args:
        path: `.npz`, or the `model.json` beside which TensorFlow.js has its shards.

    Raises:
        ValueError: A group of shards has another length than its arrays.
    """
    if path.suffix == ".npz":
        with np.load(path) as arrays:
            return dict(arrays)
    arrays = {}
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
            arrays[one["name"]] = part.reshape(one["shape"])
            start += count
    return arrays
