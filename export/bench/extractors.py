"""The extractor against others, one photo at a time."""

from typing import Any

import keras
import numpy as np
import tensorflow as tf
from ai_edge_litert.interpreter import Interpreter

from export.bench.paired import Settings, Work, in_turns, ratio
from export.benchmark import invocation
from photo_interests.bundle.card import load_card
from photo_interests.models.runtime import open_interpreter
from training.backbone.mobilenet import build_extractor
from training.metrics.multiply_accumulates import multiply_accumulates

REFERENCE = (
    "mobilenet_v1_1.0_224_qat/mobilenet_v1_1.0_224_quant_embedding_extractor.tflite"
)
TURNS = 100
EXAMPLES = 8


def measure(settings: Settings) -> dict[str, Any]:
    """Compare the bundle's extractor with every other way to run its network.

    The plain int8 export and Keras have random weights: their speed is that of the
    network, whatever its weights.

    Returns:
        `one_thread` and `two_threads`: by name, `paired.ratio` of the int8 extractor's
        time to the named one's; without `reference` where that file is missing.
        `macs`: multiply-accumulates of a photo; `bytes` of the file.
    """
    tf.config.threading.set_intra_op_parallelism_threads(1)  # before its first work
    card = load_card(settings.bundle)
    network = build_extractor(card.input.height)
    plain = plain_int8(network, card.input.height)
    values: dict[str, Any] = {
        "macs": multiply_accumulates(network),
        "bytes": card.files[card.extractor.file].bytes,
    }
    for name, threads in (("one_thread", 1), ("two_threads", 2)):
        files = {
            "int8": settings.bundle / card.extractor.file,
            "float": settings.bundle / card.extractor.float_file,
            "reference": settings.data / REFERENCE,
        }
        works = {
            what: invocation(open_interpreter(file, threads))
            for what, file in files.items()
            if file.exists()
        }
        works["plain_int8"] = invocation(
            Interpreter(model_content=plain, num_threads=threads)
        )
        if threads == 1:
            works["keras"] = _keras(network)
        seconds = in_turns(works, settings.turns(TURNS))
        ours = seconds.pop("int8")
        values[name] = {what: ratio(ours, theirs) for what, theirs in seconds.items()}
    return values


def plain_int8(network: keras.Model, size: int) -> bytes:
    """Convert a network as the converter's own guide does it."""
    random = np.random.default_rng(0)

    def examples() -> Any:
        for _ in range(EXAMPLES):
            yield [random.uniform(-1, 1, (1, size, size, 3)).astype(np.float32)]

    converter = tf.lite.TFLiteConverter.from_keras_model(network)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = examples
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = tf.uint8
    converter.inference_output_type = tf.uint8
    return converter.convert()


def _keras(network: keras.Model) -> Work:
    photo = tf.zeros((1, *network.input_shape[1:]))
    run = tf.function(lambda: network(photo, training=False))
    return lambda: run().numpy()
