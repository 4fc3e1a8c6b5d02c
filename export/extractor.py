"""The extractor as TFLite: one fully quantised file, one in floating point.

Both take the pixels of one photo and give its features. Quantisation is the
converter's own post-training one (Jacob et al., 2018): int8 inside, uint8 at both
ends, so that raw RGB bytes go straight in and features come out as stored.
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import keras
import numpy as np
import numpy.typing as npt
import tensorflow as tf

from export.answers import cosine
from export.convert import convert, count_weights, saved_model
from export.model_rules import (
    EXTRACTOR_SIGNATURE as SIGNATURE,
)
from export.model_rules import (
    check_extractor_operators,
    check_quantisation,
    check_size,
)
from export.signature_runner import SignatureRunner
from export.tflite_file import TFLiteFile
from photo_interests.files import write_atomically

QUANTISED_NAME = "extractor.tflite"
FLOAT_NAME = "extractor-float.tflite"
REPORT_NAME = "extractor.json"
KERAS_TOLERANCE = 1e-3
# Biases of 4 bytes (one of them counted as a weight), and for weights and biases a
# scale of 4 and a zero point of 8 bytes.
BYTES_PER_CHANNEL = 27

Pixels = npt.NDArray[np.uint8]
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Similarity:
    """Cosines between float features and dequantised ones over some photos."""

    cosine_mean: float
    cosine_minimum: float
    photos: int


def normalise(pixels: Pixels) -> npt.NDArray[np.float32]:
    """Bytes to [-1, 1], as MobileNet was trained."""
    return pixels.astype(np.float32) / np.float32(127.5) - np.float32(1)


def choose_calibration(
    pixels: Pixels, rows: npt.NDArray[np.int64], count: int, seed: int
) -> Pixels:
    """Draw the photos that set the ranges of the quantisation.

    Args:
        pixels: (photos, 224, 224, 3).
        rows: photos to draw from: the training split.
        count: how many; fewer are taken where there are fewer.
        seed: of the draw.

    Raises:
        ValueError: nothing to draw from.
    """
    if not len(rows):
        raise ValueError("expected photos to calibrate with, received none")
    drawn = np.random.default_rng(seed).permutation(rows)[:count]
    return np.asarray(pixels[np.sort(drawn)])


def convert_extractor(
    extractor: keras.Model, calibration: Pixels
) -> tuple[TFLiteFile, TFLiteFile]:
    """Convert a Keras extractor.

    Args:
        extractor: photos (batch, height, width, 3) in [-1, 1] to (batch, features).
        calibration: photos (photos, height, width, 3) that set the ranges.

    Returns:
        The quantised file and the one in floating point.

    Raises:
        ValueError: a file breaks a rule of `model_rules`, lost its weights, differs
            from Keras, or has not the quantisation that the card promises.
    """
    spec = tf.TensorSpec([1, *extractor.input_shape[1:]], tf.float32, name="image")

    def features(image: Any) -> dict[str, Any]:
        return {"features": extractor(image, training=False)}

    with saved_model(extractor, {SIGNATURE: (features, [spec])}) as folder:
        floating = convert(folder, [SIGNATURE], FLOAT_NAME)
        quantised = convert(
            folder,
            [SIGNATURE],
            QUANTISED_NAME,
            lambda converter: quantise(converter, calibration),
        )
    _check_converted(quantised, floating, extractor)
    _check_against_keras(floating, extractor, calibration[:2])
    return quantised, floating


def compare(
    quantised: TFLiteFile, floating: TFLiteFile, pixels: Pixels, threads: int = 2
) -> Similarity:
    """Measure what quantisation costs on photos (photos, height, width, 3)."""
    scale = quantised.signatures[SIGNATURE].outputs["features"].scale
    run_bytes = SignatureRunner(quantised.content, threads)
    run_float = SignatureRunner(floating.content, threads)
    cosines = []
    for photo in pixels:
        stored = run_bytes(SIGNATURE, image=photo[None])["features"][0]
        exact = run_float(SIGNATURE, image=normalise(photo[None]))["features"][0]
        cosines.append(cosine(stored.astype(np.float32) * scale, exact))
    return Similarity(float(np.mean(cosines)), float(np.min(cosines)), len(cosines))


def write_extractor(
    directory: Path,
    quantised: TFLiteFile,
    floating: TFLiteFile,
    similarity: Similarity,
    settings: dict[str, Any],
) -> None:
    """Write both files and a report of how they were made and how alike they are."""
    directory.mkdir(parents=True, exist_ok=True)
    report = {**settings, **asdict(similarity)}
    write_atomically(directory / FLOAT_NAME, floating.content)
    write_atomically(directory / QUANTISED_NAME, quantised.content)
    write_atomically(directory / REPORT_NAME, json.dumps(report, indent=2) + "\n")
    logger.info(
        "features int8 against float: cosine %.4f mean, %.4f minimum of %d photos",
        similarity.cosine_mean,
        similarity.cosine_minimum,
        similarity.photos,
    )


def convert_network(
    network: keras.Model, name: str, calibration: Pixels | None = None
) -> TFLiteFile:
    """Convert any part of an extractor that takes photos, features or maps.

    Args:
        network: photos (batch, height, width, 3) in [-1, 1] to one tensor.
        name: what errors call the file.
        calibration: photos that set the ranges of an int8 file with bytes at both
            ends; None for one in floating point.

    Raises:
        ValueError: see `convert`.
    """
    spec = tf.TensorSpec([1, *network.input_shape[1:]], tf.float32, name="image")

    def features(image: Any) -> dict[str, Any]:
        return {"features": network(image, training=False)}

    def settings(converter: tf.lite.TFLiteConverter) -> None:
        if calibration is not None:
            quantise(converter, calibration)

    with saved_model(network, {SIGNATURE: (features, [spec])}) as folder:
        return convert(folder, [SIGNATURE], name, settings)


def quantise(converter: tf.lite.TFLiteConverter, calibration: Pixels) -> None:
    """Have a converter write int8 with bytes at both ends.

    Args:
        converter: of a network with the signature of an extractor.
        calibration: photos (photos, height, width, 3) that set the ranges.
    """

    def batches() -> Iterator[tuple[str, dict[str, npt.NDArray[np.float32]]]]:
        # Without a picture that reaches both ends the input's scale is not 1/127.5.
        ends = np.zeros((1, *calibration.shape[1:]), np.uint8)
        ends[:, ::2] = 255
        yield SIGNATURE, {"image": normalise(ends)}
        for photo in calibration:
            yield SIGNATURE, {"image": normalise(photo[None])}

    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    converter.representative_dataset = batches
    converter.target_spec.supported_ops = [tf.lite.OpsSet.TFLITE_BUILTINS_INT8]
    converter.inference_input_type = tf.uint8
    converter.inference_output_type = tf.uint8


def _check_converted(
    quantised: TFLiteFile, floating: TFLiteFile, extractor: keras.Model
) -> None:
    for model in (quantised, floating):
        check_extractor_operators(model)
    check_quantisation(quantised)
    folded, channels = _folded_weights(extractor)
    check_size(floating, 4 * folded)
    check_size(quantised, folded + BYTES_PER_CHANNEL * channels)


def _folded_weights(extractor: keras.Model) -> tuple[int, int]:
    """Weights left when batch norms are folded, and the channels they act on."""
    weights = count_weights(extractor)
    channels = 0
    for layer in extractor._flatten_layers(include_self=False, recursive=True):
        if isinstance(layer, keras.layers.BatchNormalization):
            size = int(layer.moving_mean.shape[0])
            channels += size
            # A bias stays; a convolution with a bias of its own already has it.
            weights -= count_weights(layer) - size
    return weights, channels or _biases(extractor)


def _biases(extractor: keras.Model) -> int:
    return sum(
        int(layer.bias.shape[0])
        for layer in extractor._flatten_layers(include_self=False, recursive=True)
        if isinstance(layer, keras.layers.Conv2D | keras.layers.DepthwiseConv2D)
        and layer.use_bias
    )


def _check_against_keras(
    floating: TFLiteFile, extractor: keras.Model, pixels: Pixels
) -> None:
    run = SignatureRunner(floating.content)
    images = normalise(pixels)
    expected = np.asarray(extractor(images, training=False))
    received = [run(SIGNATURE, image=image[None])["features"][0] for image in images]
    error = float(np.abs(np.stack(received) - expected).max())
    if not error <= KERAS_TOLERANCE:
        raise ValueError(
            f"{floating.name}: expected features within {KERAS_TOLERANCE} of Keras, "
            f"received an error of {error}"
        )
