"""The classifier of scenes as TFLite, with the card of its analyzer."""

from pathlib import Path
from typing import Any

import tensorflow as tf

from export.convert import convert_function
from export.scenes_golden import GOLDEN, write_scenes_golden
from photo_interests.analysis.card import (
    AnalyzerCard,
    FeatureInput,
    Group,
    Label,
    write_analyzer,
)
from photo_interests.bundle.card import load_card, record_file
from photo_interests.bundle.card_sections import Source
from training.csv_rows import read_csv_rows
from training.runs import sha256_of
from training.scenes.head_file import GROUPS, SCENES, load_head
from training.scenes.scene_head import SHORTEST, SceneHead

MODEL = "model.tflite"
VERSION = "1.0.1"
THRESHOLDS = {"group": 0.5, "description": 0.5}
TOLERANCES = {"probabilities": 0.002}
TRAINING_DATA = "6,000 photos of 100 classes of MiniPlaces, 60 a class, 128 pixels."
SOURCE = Source(
    name="MiniPlaces",
    license="photos for research and education; the weights are this project's",
    attribution=(
        "MiniPlaces challenge (B. Zhou, A. Khosla and others), photos of Places2; "
        "classes of CSAILVision/miniplaces at b180bffa."
    ),
)


def write_scenes(folder: Path, weights: Path, bundle: Path) -> None:
    """Write model and card.

    Args:
        folder: Folder to fill.
        weights: File of the classifier.
        bundle: Bundle whose extractor it reads the features of.

    Raises:
        ValueError: The classifier reads the features of another extractor.
    """
    head, expected = load_head(weights)
    released = load_card(bundle)
    extractor = released.files[released.extractor.file].sha256
    if expected not in (extractor, sha256_of(bundle / released.extractor.file)):
        raise ValueError(
            f"{weights}: expected bundle {bundle.name} to have the extractor of sha256 "
            f"{expected}, received {extractor}"
        )
    (folder / MODEL).write_bytes(_convert(head))
    card = AnalyzerCard(
        name="scene",
        version=VERSION,
        license="Apache-2.0",
        input=FeatureInput(dimension=len(head.kernel), extractor=extractor),
        model=MODEL,
        labels=tuple(_label(row) for row in read_csv_rows(SCENES)),
        groups=tuple(
            Group(id=row["id"], names={"en": row["en"], "de": row["de"]})
            for row in read_csv_rows(GROUPS)
        ),
        thresholds=THRESHOLDS,
        tolerances=TOLERANCES,
        training_data=TRAINING_DATA,
        sources=(SOURCE,),
        files={MODEL: record_file(folder / MODEL)},
    )
    write_analyzer(card, folder)
    write_scenes_golden(folder, bundle)
    files = {name: record_file(folder / name) for name in (MODEL, GOLDEN)}
    write_analyzer(card.model_copy(update={"golden": GOLDEN, "files": files}), folder)


def _label(row: dict[str, str]) -> Label:
    return Label(
        id=row["id"],
        names={"en": row["en"], "de": row["de"]},
        phrases={"en": row["phrase_en"], "de": row["phrase_de"]},
        group=row["group"],
        indoor=row["indoor"] == "1",
    )


def _convert(head: SceneHead) -> bytes:
    def serve(features: Any) -> dict[str, Any]:
        roots = tf.sqrt(tf.cast(features, tf.float32))
        length = tf.sqrt(tf.reduce_sum(roots * roots, 1, keepdims=True))
        inputs = roots / tf.maximum(length, SHORTEST)
        logits = tf.matmul(inputs, head.kernel) + head.bias
        return {"probabilities": tf.nn.softmax(logits)}

    features = tf.TensorSpec((1, len(head.kernel)), tf.uint8, "features")
    return convert_function(serve, features, MODEL).content
