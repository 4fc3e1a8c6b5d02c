"""Detectors as TFLite: raw RGB bytes of a square in, boxes and scores out."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import tensorflow as tf

from export.convert import convert_function
from export.third_party.lock import LockedFile
from photo_interests.bundle.card_sections import Source

SIDE = 320
BACKGROUND = (114, 114, 114)
"""Grey around photos: what YOLOX was trained with; YuNet finds the same with it."""
MODEL = "model.tflite"
TOLERANCES = {"score": 0.02, "box": 0.02}
"""Scores and shares of a photo's sides, between implementations of the same file."""

Detect = Callable[[Any], dict[str, Any]]
"""Takes float RGB 0..255 `(1, side, side, 3)`; gives `boxes` `(n, 4)` as left, top,
right and bottom in pixels of the square, and `scores` `(n, labels)`."""


def write_detector(detect: Detect, path: Path, fake_quantised: bool = False) -> None:
    """Convert a detector.

    Args:
        detect: The network.
        path: File to write.
        fake_quantised: Whether the network has fake quantisation: what has ranges
            becomes int8. Otherwise weights are stored in float16.

    Raises:
        ValueError: The file holds variables, or needs other operators than builtin
            ones or a newer runtime than the application's.
    """

    def serve(pixels: Any) -> dict[str, Any]:
        return detect(tf.cast(pixels, tf.float32))

    pixels = tf.TensorSpec((1, SIDE, SIDE, 3), tf.uint8, "pixels")
    model = convert_function(serve, pixels, path.name, fake_quantised=fake_quantised)
    path.write_bytes(model.content)


def centres(side: int, step: int) -> tuple[Any, Any]:
    """Return column and row of each cell of a grid, `(cells, 1)` each.

    Args:
        side: Side of the square in pixels.
        step: Side of a cell in pixels.
    """
    cells = tf.range(side // step, dtype=tf.float32)
    rows, columns = tf.meshgrid(cells, cells, indexing="ij")
    return tf.reshape(columns, (-1, 1)), tf.reshape(rows, (-1, 1))


def corners(across: Any, down: Any, width: Any, height: Any) -> Any:
    """Return left, top, right and bottom of boxes by their centres and sizes."""
    parts = (
        across - width / 2,
        down - height / 2,
        across + width / 2,
        down + height / 2,
    )
    return tf.concat(parts, -1)


def sources_of(locked: tuple[LockedFile, ...]) -> tuple[Source, ...]:
    """Return the attribution of locked files, each text once."""
    texts = {file.attribution: file for file in locked}
    return tuple(
        Source(name=file.name, license=file.license, attribution=text)
        for text, file in texts.items()
    )
