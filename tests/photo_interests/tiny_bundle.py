"""A throwaway bundle: random weights, but the real inputs, outputs and files."""

import json
from pathlib import Path
from typing import Any

import numpy as np

from photo_interests.bundle.card import parse_card, record_file, write_card
from tests.photo_interests.tiny_repetition import write_repetition

MAXIMUM_PHOTOS = 32


def write_tiny_bundle(bundle: Path, content: dict[str, Any]) -> None:
    """Fill a folder with a bundle of the interests that `content` names."""
    extractor, scale = _extractor(bundle.parent / "saved_extractor")
    (bundle / "golden").mkdir(parents=True)
    (bundle / "extractor.tflite").write_bytes(extractor)
    saved = bundle.parent / "saved_aggregator"
    if content["format"] == 1:
        aggregator = _aggregator(saved, scale, len(content["categories"]))
    else:
        aggregator = write_repetition(saved, content)
    (bundle / "aggregator.tflite").write_bytes(aggregator)
    content["features"]["scale"] = scale
    content["aggregator"]["maximum_photos"] = MAXIMUM_PHOTOS
    for name in content["files"]:
        path = bundle / name
        if not path.exists():  # golden files and the like, which nothing here reads
            path.write_bytes(b"not read")
        content["files"][name] = record_file(path).model_dump()
    write_card(parse_card(json.dumps(content)), bundle)


def _extractor(saved: Path) -> tuple[bytes, float]:
    import keras
    import tensorflow as tf
    from ai_edge_litert.interpreter import Interpreter

    keras.utils.set_random_seed(1)
    model = keras.Sequential(
        [
            keras.Input((224, 224, 3), batch_size=1),
            keras.layers.Conv2D(16, 9, strides=16, activation="relu6"),
            keras.layers.DepthwiseConv2D(3, activation="relu6"),
            keras.layers.Conv2D(1024, 1, activation="relu6"),
            keras.layers.GlobalAveragePooling2D(),
        ]
    )
    archive = keras.export.ExportArchive()
    archive.track(model)
    archive.add_endpoint(
        "serve", model.call, [tf.TensorSpec((1, 224, 224, 3), tf.float32)]
    )
    archive.write_out(str(saved), verbose=False)
    converter = tf.lite.TFLiteConverter.from_saved_model(str(saved))
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = _calibration
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = converter.inference_output_type = tf.uint8
    content = converter.convert()
    (output,) = Interpreter(model_content=content).get_output_details()
    return content, float(output["quantization"][0])


def _calibration():
    generator = np.random.default_rng(2)
    for _ in range(4):
        photo = generator.uniform(-1, 1, (1, 224, 224, 3)).astype(np.float32)
        photo[0, 0, :2] = [[-1] * 3, [1] * 3]
        yield [photo]


def _aggregator(saved: Path, scale: float, interests: int) -> bytes:
    import tensorflow as tf

    generator = np.random.default_rng(3)
    weights = tf.constant(
        generator.normal(0, 0.6, (1024, interests + 1)), dtype=tf.float32
    )
    tau, alpha, beta, set_size_penalty = 0.7, 0.9, -0.5, 0.2

    def evidence(features):
        probabilities = tf.nn.softmax(scale * tf.cast(features, tf.float32) @ weights)
        photo = probabilities[:, :-1]
        odds = tau * (tf.math.log(photo) - tf.math.log1p(-photo))
        return photo, tf.pad(odds, [[0, 0], [0, 1]])  # its last column counts photos

    def output(state):
        return tf.sigmoid(
            alpha / tau * state[:-1] + beta - set_size_penalty * state[-1:]
        )

    def predict(features):
        photo, z = evidence(features)
        return {
            "probabilities": output(tf.reduce_logsumexp(z, axis=0)),
            "contributions": tf.nn.softmax(z[:, :-1], axis=0),
            "photo_probabilities": photo,
        }

    def update(features, state):
        _, z = evidence(features)
        return {"state": tf.reduce_logsumexp(tf.concat([z, state[None]], 0), axis=0)}

    def finish(state):
        return {"probabilities": output(state)}

    module = tf.Module()
    features = tf.TensorSpec((None, 1024), tf.uint8, "features")
    state = tf.TensorSpec((interests + 1,), tf.float32, "state")
    signatures = {
        "predict": tf.function(predict).get_concrete_function(features),
        "update": tf.function(update).get_concrete_function(features, state),
        "finish": tf.function(finish).get_concrete_function(state),
    }
    tf.saved_model.save(module, str(saved), signatures=signatures)
    return tf.lite.TFLiteConverter.from_saved_model(
        str(saved), signature_keys=list(signatures)
    ).convert()
