"""PP-OCRv6's small recogniser of text, cut to Latin characters of its 18,710."""

import unicodedata
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

from export.convert import convert_function
from export.floating_depthwise import keep_depthwise_in_floating_point
from export.third_party import onnx_graph
from export.third_party.onnx_operators import OPERATORS, Attributes, Operator, Tensor
from photo_interests.analysis.text.line_reader import HEIGHT

SCALE = 16
"""Rows of a line for each row of the last map."""
SIGNS = "€£¥₺₽₹©®™°–—‘’“”„…•·×÷±№→←↑↓"


def write_recogniser(source: Path, path: Path, height: int = HEIGHT) -> list[str]:
    """Convert the recogniser, for lines of any width; return its characters.

    Args:
        source: The ONNX file.
        path: File to write.
        height: Pixels of a line; the network was trained with 48.
    """
    characters, replaced = _cut(source)
    network = onnx_graph.load(
        source,
        reverse_channels=True,
        replaced=replaced,
        operators={"AveragePool": _mean_of(-(-height // SCALE))},
    )

    def serve(pixels: Any) -> dict[str, Any]:
        (probabilities,) = network(tf.cast(pixels, tf.float32) / 127.5 - 1)
        return {
            "characters": tf.argmax(probabilities, -1, tf.int32),
            "scores": tf.reduce_max(probabilities, -1),
        }

    pixels = tf.TensorSpec((1, height, None, 3), tf.uint8, "pixels")
    # Full int8 reads wrongly.
    model = convert_function(serve, pixels, path.name, dynamic_range=True)
    path.write_bytes(keep_depthwise_in_floating_point(model).content)
    return characters


def _mean_of(rows: int) -> Operator:
    """Pool all rows of the last map, which has three in the file."""

    def pool(given: list[Tensor], attributes: Attributes) -> Tensor:
        kernel = [rows, attributes["kernel_shape"][1]]
        changed = {**attributes, "kernel_shape": kernel, "strides": kernel}
        return OPERATORS["AveragePool"](given, changed)

    return pool


def _cut(source: Path) -> tuple[list[str], dict[str, np.ndarray]]:
    """Keep the outputs of Latin characters: the rest is two thirds of the weights."""
    import onnx

    model = onnx.load(str(source))
    (listed,) = (one.value for one in model.metadata_props if one.key == "character")
    constants = onnx_graph.read_constants(model.graph)
    classes = max(max(value.shape, default=0) for value in constants.values())
    # The first output is "no character", the last one a space.
    characters = ["", *listed.split("\n")]
    characters += [" "] * (classes - len(characters))
    first = {
        character: index for index, character in reversed([*enumerate(characters)])
    }
    kept = [
        index
        for index, character in enumerate(characters)
        if first[character] == index and _is_kept(character)
    ]
    replaced = {
        name: value[..., kept]
        for name, value in constants.items()
        if value.shape[-1:] == (classes,)
    }
    return [characters[index] for index in kept], replaced


def _is_kept(character: str) -> bool:
    if character in ("", " "):
        return True
    if len(character) != 1 or character.isspace():
        return False
    code = ord(character)
    latin = unicodedata.name(character, "").startswith("LATIN") and code < 0x1F00
    return 0x20 <= code < 0x250 or latin or character in SIGNS
