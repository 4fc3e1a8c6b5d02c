"""Any aggregator as TFLite: all its signatures, one copy of the weights.

The number of photos is free. A quantised file is made as well and kept only where
its answers stay close to those in floating point.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import tensorflow as tf

from export.answers import (
    QUANTISED_TOLERANCE,
    Features,
    check_order,
    draw_sets,
    event_weights,
    largest_difference,
    predict,
    quantisation_error,
)
from export.convert import convert, count_weights, saved_model
from export.floating_matrix import keep_in_floating_point
from export.model_rules import check_size
from export.signature_runner import SignatureRunner
from export.tflite_file import TFLiteFile
from photo_interests.files import write_atomically
from training.aggregators.aggregator import Aggregator
from training.interests.interest_graph import InterestGraph

FLOAT_NAME = "aggregator.tflite"
QUANTISED_NAME = "aggregator-int8.tflite"
KERAS_TOLERANCE = 1e-4
Exportable = Aggregator | InterestGraph

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class AggregatorFiles:
    """An aggregator in floating point, and int8 where that is accurate enough.

    Attributes:
        floating: float32.
        quantised: int8; None where it changes answers too much.
        proof: how near `floating` is to Keras, and how large.
    """

    floating: TFLiteFile
    quantised: TFLiteFile | None
    proof: "Proof"


@dataclass(frozen=True)
class Proof:
    """What was found when a converted aggregator was compared with Keras.

    Attributes:
        errors: largest difference of any output, by number of photos.
        order: largest difference that another order of the photos makes.
        bytes: of the file.
        parameter_bytes: of its weights alone.
    """

    errors: dict[int, float]
    order: float
    bytes: int
    parameter_bytes: int


def export_aggregator(
    aggregator: Exportable, features: Features, more_sets: Sequence[Features] = ()
) -> AggregatorFiles:
    """Convert an aggregator and prove it against Keras.

    Args:
        aggregator: built, with its weights.
        features: stored features (photos, dimension) to compare on.
        more_sets: further sets of photos on which int8 has to be accurate.

    Raises:
        ValueError: a file breaks a rule of `model_rules`, is larger than its
            weights explain, differs from Keras or depends on the photos' order.
    """
    endpoints = aggregator.signatures()
    names = list(endpoints)
    with saved_model(aggregator, endpoints) as folder:
        floating = convert(folder, names, FLOAT_NAME)
        quantised = convert(folder, names, QUANTISED_NAME, quantise)
    if isinstance(aggregator, InterestGraph):
        for matrix in aggregator.roll_ups():
            quantised = keep_in_floating_point(quantised, matrix.T)
    parameter_bytes = 4 * count_weights(aggregator)
    check_size(floating, parameter_bytes)
    proof = Proof(
        check_parity(floating, aggregator, features),
        check_order(SignatureRunner(floating.content), features),
        len(floating.content),
        parameter_bytes,
    )
    sets = [*draw_sets(features), *more_sets]
    kept = _keep_if_accurate(quantised, floating, sets)
    return AggregatorFiles(floating, kept, proof)


def check_parity(
    model: TFLiteFile, aggregator: Exportable, features: Features
) -> dict[int, float]:
    """Compare every output with Keras, or NumPy, from one photo to thousands.

    Returns:
        The largest difference by number of photos.

    Raises:
        ValueError: names the output, the number of photos and the difference.
    """
    run = SignatureRunner(model.content)
    errors: dict[int, float] = {}
    for photos in draw_sets(features):
        expected = _expected(aggregator, photos)
        received = predict(run, photos)
        for name, values in expected.items():
            error = largest_difference(received[name], values)
            errors[len(photos)] = max(error, errors.get(len(photos), 0.0))
            if not error <= KERAS_TOLERANCE:
                raise ValueError(
                    f"{model.name}: expected {name} of {len(photos)} photos within "
                    f"{KERAS_TOLERANCE} of Keras, received a difference of {error}"
                )
    return errors


def _expected(aggregator: Exportable, photos: Features) -> dict[str, np.ndarray]:
    if isinstance(aggregator, InterestGraph):
        return aggregator.explain(photos, event_weights(len(photos)))
    return aggregator.explain(photos)


def write_aggregator(directory: Path, files: AggregatorFiles) -> None:
    """Write the files of a stand-alone aggregator."""
    directory.mkdir(parents=True, exist_ok=True)
    write_atomically(directory / FLOAT_NAME, files.floating.content)
    if files.quantised is None:
        (directory / QUANTISED_NAME).unlink(missing_ok=True)
    else:
        write_atomically(directory / QUANTISED_NAME, files.quantised.content)


def quantise(converter: tf.lite.TFLiteConverter) -> None:
    """Sets a converter to int8 weights, with operators that the app's runtime has."""
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    # Per-channel kernels need runtime 2.17, newer than the application's.
    converter._experimental_disable_per_channel_quantization_for_dense_layers = True


def _keep_if_accurate(
    quantised: TFLiteFile, floating: TFLiteFile, sets: Sequence[Features]
) -> TFLiteFile | None:
    error = quantisation_error(
        SignatureRunner(quantised.content), SignatureRunner(floating.content), sets
    )
    if error <= QUANTISED_TOLERANCE:
        logger.info("int8 aggregator kept: probabilities change by at most %.4f", error)
        return quantised
    logger.warning(
        "no int8 aggregator: it changes a probability by %.4f, allowed is %.4f",
        error,
        QUANTISED_TOLERANCE,
    )
    return None
