"""Weights of TensorFlow.js: a JSON list of tensors, their bytes one after another."""

import json

import numpy as np


def read_weights(manifest: bytes, content: bytes) -> dict[str, np.ndarray]:
    """Return the tensors of a model by name, as float32.

    Args:
        manifest: The JSON list; tensors are float32, or uint8 with a scale and an
            offset.
        content: Their bytes, little-endian.

    Raises:
        ValueError: The content has another length than the list needs.
    """
    weights: dict[str, np.ndarray] = {}
    start = 0
    for entry in (
        entry for group in json.loads(manifest) for entry in group["weights"]
    ):
        rule = entry.get("quantization")
        stored = np.dtype(rule["dtype"] if rule else "<f4")
        count = int(np.prod(entry["shape"]))
        end = start + count * stored.itemsize
        if end > len(content):
            break
        values = np.frombuffer(content, stored, count, start).astype(np.float32)
        if rule:
            values = values * np.float32(rule["scale"]) + np.float32(rule["min"])
        weights[entry["name"]] = values.reshape(entry["shape"])
        start = end
    else:
        end = start
    if end != len(content):
        raise ValueError(f"weights: expected {end} bytes, received {len(content)}")
    return weights
