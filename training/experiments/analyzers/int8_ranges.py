"""Ranges of the tensors of both detectors on training photos: where fitting starts."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import tensorflow as tf

from export.third_party import faces, ncnn, objects
from export.third_party.fetch import fetch
from export.third_party.lock import locked_files
from export.third_party.quantisation import Observe
from photo_interests.analysis.location import cache_folder
from training.experiments.analyzers.int8_photos import square

Ranges = dict[str, tuple[float, float]]
FLOATING_UNTIL = "1243"
"""Output of the last convolution of YOLOX-nano's first layers, which stay floating."""
FLOATING = ("1249",)
"""Output of a convolution after them whose rounded kernel costs most."""
LOWEST = -8.0
"""What goes into a swish is cut here: it gives -.003, and nearly 0 below."""
SAME_RANGE = ("Pooling", "Interp")


def locked_paths(name: str, data: Path) -> dict[str, Path]:
    """Paths of the files that a detector is made from, by name."""
    kept = cache_folder().parent / "third_party"
    return {
        file.name: fetch(file, kept, data / "models") for file in locked_files(name)
    }


def face_ranges(path: Path, photos: Iterable[Path]) -> Ranges:
    """Lowest and highest values of YuNet's tensors, up to its heads.

    Args:
        path: The ONNX file.
        photos: Photos to look at.
    """
    quantised = _face_tensors(path)
    extremes = _extremes(
        lambda observe: faces.face_detector(path, observe=observe), photos
    )
    return {
        name: (float(low.min()), float(high.max()))
        for name, (low, high) in extremes.items()
        if name in quantised
    }


def object_ranges(files: dict[str, Path], photos: Iterable[Path]) -> Ranges:
    """Mean of the lowest and highest values of a photo of YOLOX-nano's int8 tensors.

    Args:
        files: Paths of its files by name.
        photos: Photos to look at.
    """
    layers = ncnn.read_layers(files[objects.LAYERS])
    names = [layer.outputs[0] for layer in layers]
    heads = set(objects.heads(layers))
    quantised = {
        layer.outputs[0]
        for layer in layers[names.index(FLOATING_UNTIL) + 1 :]
        if layer.kind not in SAME_RANGE
    } - heads.union(FLOATING)
    into_swish = {layer.inputs[0] for layer in layers if layer.kind == "Swish"}
    extremes = _extremes(
        lambda observe: objects.load_network(files, observe=observe), photos
    )
    ranges = {}
    for name, (low, high) in extremes.items():
        if name in quantised:
            lowest = min(float(low.mean()), 0.0)
            if name in into_swish:
                lowest = max(lowest, LOWEST)
            ranges[name] = (lowest, max(float(high.mean()), 0.0))
    return ranges


def _face_tensors(path: Path) -> set[str]:
    """The image, what a rectifier or a sum gives, and convolutions before another."""
    graph = onnx.load(str(path)).graph
    names = {graph.input[0].name}
    for node in graph.node:
        readers = [one for one in graph.node if node.output[0] in one.input]
        pointwise = node.op_type == "Conv" and [one.op_type for one in readers] == [
            "Conv"
        ]
        is_head = any("multi_level_" in name for name in node.input) and not any(
            "share" in name for name in node.input
        )
        if node.op_type in ("Relu", "Add") or (pointwise and not is_head):
            names.add(node.output[0])
    return names


def _extremes(
    build: Callable[[Observe], Callable[[Any], Any]], photos: Iterable[Path]
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Run a network on photos; lowest and highest value of each tensor, by photo."""
    seen: dict[str, list[tuple[float, float]]] = {}

    def observe(name: str, tensor: Any) -> Any:
        low, high = float(tf.reduce_min(tensor)), float(tf.reduce_max(tensor))
        seen.setdefault(name, []).append((low, high))
        return tensor

    network = build(observe)
    for path in photos:
        network(tf.constant(square(path)[None], tf.float32))
    return {
        name: (np.array(values)[:, 0], np.array(values)[:, 1])
        for name, values in seen.items()
    }
