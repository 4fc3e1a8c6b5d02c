"""YOLOX-nano (Ge and others, 2021) as the analyzer of objects."""

from pathlib import Path
from typing import Any

import tensorflow as tf

from export.third_party import ncnn
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
from export.third_party.quantisation import FLOATING, Adapt, Observe, Quantisation
from photo_interests.analysis.card import (
    AnalyzerCard,
    Label,
    PixelInput,
    write_analyzer,
)
from photo_interests.bundle.card import record_file
from training.csv_rows import read_csv_rows

VERSION = "1.1.0"
LAYERS, WEIGHTS = "yolox-nano.ncnn.param", "yolox-nano.ncnn.bin"
INT8 = Path(__file__).with_name("objects_int8.json")
"""Fitted by `python -m training.experiments.analyzers fit-int8`."""
LABELS = Path(__file__).with_name("objects.csv")
STEPS = (8, 16, 32)
# ImageNet's mean and standard deviation of 0..255, by channel.
MEAN = (123.675, 116.28, 103.53)
DEVIATION = (58.395, 57.12, 57.375)
THRESHOLDS = {"score": 0.4, "overlap": 0.5}


def build(
    files: dict[str, Path],
    locked: tuple[LockedFile, ...],
    out: Path,
    int8: Quantisation | None = None,
) -> None:
    """Write the analyzer of objects into a folder.

    Args:
        files: Paths of the locked files by name.
        locked: What the lock says of them.
        out: Folder to fill.
        int8: Ranges of what is int8; those of `objects_int8.json` if None.
    """
    int8 = Quantisation.read(INT8) if int8 is None else int8
    network = load_network(files, int8.adapt, int8.observe)
    write_detector(detector(network), out / MODEL, bool(int8.ranges))
    card = AnalyzerCard(
        name="objects",
        version=VERSION,
        license=locked[0].license,
        input=PixelInput(side=SIDE, background=BACKGROUND),
        model=MODEL,
        labels=_labels(),
        groups=(),
        thresholds=THRESHOLDS,
        tolerances=TOLERANCES,
        training_data="COCO 2017 (photos of Flickr users under their own licences).",
        sources=sources_of(locked),
        files={MODEL: record_file(out / MODEL)},
    )
    write_analyzer(card, out)


def load_network(
    files: dict[str, Path],
    adapt: Adapt = FLOATING.adapt,
    observe: Observe = FLOATING.observe,
) -> ncnn.Network:
    """Return YOLOX-nano up to its heads.

    Args:
        files: Paths of the locked files by name.
        adapt: Changes kernels and biases.
        observe: Gets each tensor, and gives what is read on.

    Returns:
        Gives for each of three levels maps of boxes, of whether there is an object,
        and of which class.
    """
    layers = ncnn.read_layers(files[LAYERS])
    weights = files[WEIGHTS].read_bytes()
    normalise = (MEAN, DEVIATION)
    return ncnn.build(layers, weights, heads(layers), normalise, adapt, observe)


def heads(layers: list[ncnn.Layer]) -> list[str]:
    """Return the names of the heads: of each level box, object and classes."""
    made = {name: layer for layer in layers for name in layer.outputs}
    reshapes = [layer for layer in layers if layer.kind == "Reshape"]
    return [name for each in reshapes for name in made[each.inputs[0]].inputs]


def detector(network: ncnn.Network) -> Detect:
    """Return boxes and scores from the heads of YOLOX-nano.

    Args:
        network: Up to its heads.
    """

    def detect(images: Any) -> dict[str, Any]:
        outputs = network(images)
        boxes, scores = [], []
        for level, step in enumerate(STEPS):
            box, is_object, classes = outputs[3 * level : 3 * level + 3]
            box = tf.reshape(box, (-1, 4))
            columns, rows = centres(SIDE, step)
            size = tf.exp(box[:, 2:]) * step
            boxes.append(
                corners(
                    (box[:, :1] + columns) * step,
                    (box[:, 1:2] + rows) * step,
                    size[:, :1],
                    size[:, 1:],
                )
            )
            joint = is_object * classes
            scores.append(tf.reshape(joint, (-1, joint.shape[-1])))
        return {"boxes": tf.concat(boxes, 0), "scores": tf.concat(scores, 0)}

    return detect


def _labels() -> tuple[Label, ...]:
    return tuple(
        Label(
            id=row["id"],
            names={"en": row["en"], "de": row["de"]},
            phrases={"en": row["phrase_en"], "de": row["phrase_de"]},
            plurals={"en": row["plural_en"], "de": row["plural_de"]},
        )
        for row in read_csv_rows(LABELS)
    )
