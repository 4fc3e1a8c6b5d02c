"""The interest graph of the committed weights, as TFLite with three signatures."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter

from export.aggregator import quantise
from export.convert import Endpoint, convert, saved_model
from export.tflite_file import TFLiteFile
from photo_interests.bundle.location import find_bundle
from training.experiments.everyday_galleries.evaluate import fitted_interests
from training.experiments.everyday_galleries.fit import BUNDLE, unfitted_head
from training.features.feature_set import FeatureSet
from training.interests.calibration import PhotoCalibration
from training.interests.interest_graph import InterestGraph, Parts
from training.interests.repetition import STATISTICS, Readout, accumulate
from training.vocabulary.interests import Interests


def load_parts(
    new_head: Path, fitted: Path, interests: Interests, features: Path
) -> Parts:
    """Put the released heads and what was fitted here together.

    Args:
        new_head: File of the new head.
        fitted: File of calibration and read-outs.
        interests: The taxonomy.
        features: Feature set of the extractor, for its scale.
    """
    scale = FeatureSet.load(features).scale
    head = unfitted_head(find_bundle(BUNDLE), interests, scale)
    with np.load(new_head) as stored:
        arrays = {name: stored[name].astype(np.float32) for name in stored.files}
    values = json.loads(fitted.read_text(encoding="utf-8"))
    calibration = values["calibration"]
    return Parts(
        replace(head, **arrays),
        interests.weights,
        PhotoCalibration(
            calibration["slope"],
            calibration["offset"],
            np.array(calibration["biases"]),
        ),
        _readout(values["interests"]),
        _readout(values["kinds"]),
        fitted_interests(interests),
    )


def export(parts: Parts, quantised: bool = False) -> TFLiteFile:
    """Convert the graph: `predict`, `accumulate` and `readout`, photos free.

    Args:
        parts: What was fitted.
        quantised: Whether weights are int8.
    """
    graph = InterestGraph(parts)
    claims = parts.weights.shape[1] + len(parts.weights)
    dimension = len(parts.head.mean)
    features = tf.TensorSpec((None, dimension), tf.uint8, name="features")
    weights = tf.TensorSpec((None,), tf.float32, name="weights")
    state = tf.TensorSpec((len(STATISTICS), claims), tf.float32, name="state")
    endpoints: dict[str, Endpoint] = {
        "predict": (graph.predict, [features, weights]),
        "accumulate": (graph.accumulate, [features, weights, state]),
        "readout": (graph.readout, [state]),
    }
    with saved_model(graph, endpoints) as folder:
        settings = quantise if quantised else None
        return convert(folder, list(endpoints), "interests.tflite", settings)


def largest_error(model: TFLiteFile, parts: Parts, photos: np.ndarray) -> float:
    """Largest difference of a probability from NumPy's.

    Args:
        model: The exported graph.
        parts: What it was made from.
        photos: Stored features uint8 `(photos, D)`.
    """
    predict = Interpreter(model_content=model.content).get_signature_runner("predict")
    weights = np.ones(len(photos), np.float32)
    answers = predict(features=photos, weights=weights)
    kinds = parts.head.kind_probabilities(photos)
    rolled = np.minimum(kinds @ (parts.weights * parts.shown), 1)
    interests = parts.calibration(rolled) * parts.shown
    expected = {
        "photo_kind_probabilities": kinds,
        "photo_probabilities": interests,
        "probabilities": parts.interests(accumulate(interests, weights)),
        "kind_probabilities": parts.kinds(accumulate(kinds, weights)),
    }
    return max(
        float(np.abs(answers[name] - value).max()) for name, value in expected.items()
    )


def _readout(values: dict[str, Any]) -> Readout:
    return Readout(np.array(values["slopes"]), values["offset"], values["threshold"])
