"""YuNet (Wu, Peng and Yu, 2023) as the analyzer of faces."""

from pathlib import Path
from typing import Any

import tensorflow as tf

from export.third_party import onnx_graph
from export.third_party.detector import (
    BACKGROUND,
    MODEL,
    SIDE,
    TOLERANCES,
    Detect,
    centres,
    corners,
    sources_of,
    write_detector,
)
from export.third_party.lock import LockedFile
from export.third_party.quantisation import FLOATING, Observe, Quantisation
from photo_interests.analysis.card import (
    AnalyzerCard,
    Label,
    PixelInput,
    write_analyzer,
)
from photo_interests.bundle.card import record_file

VERSION = "1.1.0"
INT8 = Path(__file__).with_name("faces_int8.json")
"""Written by `python -m training.experiments.analyzers fit-int8`."""
STEPS = (8, 16, 32)
HEADS = ("bbox", "cls", "obj")
POINTS = "kps"
"""Eyes, nose and corners of the mouth: only what tells people apart needs them."""
THRESHOLDS = {"score": 0.75, "overlap": 0.3}
FACE = Label(
    id="face",
    names={"en": "Face", "de": "Gesicht"},
    phrases={"en": "a face", "de": "ein Gesicht"},
    plurals={"en": "faces", "de": "Gesichter"},
)


def build(
    files: dict[str, Path],
    locked: tuple[LockedFile, ...],
    out: Path,
    int8: Quantisation | None = None,
) -> None:
    """Write the analyzer of faces into a folder.

    Args:
        files: Paths of the locked files by name.
        locked: What the lock says of them.
        out: Folder to fill.
        int8: Ranges of what is int8; those of `faces_int8.json` if None.
    """
    (path,) = files.values()
    int8 = Quantisation.read(INT8) if int8 is None else int8
    detect = face_detector(path, observe=int8.observe)
    write_detector(detect, out / MODEL, bool(int8.ranges))
    card = AnalyzerCard(
        name="faces",
        version=VERSION,
        license=locked[0].license,
        input=PixelInput(side=SIDE, background=BACKGROUND),
        model=MODEL,
        labels=(FACE,),
        groups=(),
        thresholds=THRESHOLDS,
        tolerances=TOLERANCES,
        training_data="WIDER FACE (photos of the web, for research).",
        sources=sources_of(locked),
        files={MODEL: record_file(out / MODEL)},
    )
    write_analyzer(card, out)


def face_detector(
    path: Path, points: bool = False, observe: Observe = FLOATING.observe
) -> Detect:
    """Return YuNet with its boxes decoded.

    Args:
        path: The ONNX file.
        points: Whether it gives `points`, too, `(n, 5, 2)`: across and down of both
            eyes, the nose and both corners of the mouth, in pixels of the square.
        observe: Gets each tensor of the network, and gives what is read on.
    """
    heads = (*HEADS, POINTS) if points else HEADS
    names = [f"{head}_{step}" for step in STEPS for head in heads]
    # It was trained on BGR.
    network = onnx_graph.load(path, names, reverse_channels=True, observe=observe)

    def detect(images: Any) -> dict[str, Any]:
        outputs = [output[0] for output in network(images)]
        found: dict[str, list[Any]] = {"boxes": [], "scores": []}
        for level, step in enumerate(STEPS):
            first = len(heads) * level
            box, is_face, is_object, *marks = outputs[first : first + len(heads)]
            columns, rows = centres(SIDE, step)
            size = tf.exp(box[:, 2:]) * step
            found["boxes"].append(
                corners(
                    (box[:, :1] + columns) * step,
                    (box[:, 1:2] + rows) * step,
                    size[:, :1],
                    size[:, 1:],
                )
            )
            found["scores"].append(tf.sqrt(is_face * is_object))
            for mark in marks:
                cell = tf.stack([columns, rows], -1)
                place = (tf.reshape(mark, (-1, 5, 2)) + cell) * step
                found.setdefault("points", []).append(place)
        return {name: tf.concat(parts, 0) for name, parts in found.items()}

    return detect
