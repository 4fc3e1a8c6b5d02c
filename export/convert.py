"""Keras to TFLite, through a SavedModel that really holds the weights.

A `tf.Module` around Keras 3 layers converts without an error into a file that reads
uninitialised variables; `keras.export.ExportArchive` tracks them. Every file made
here is checked for that.
"""

import contextlib
import logging
import tempfile
import warnings
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import keras
import tensorflow as tf

from export.model_rules import (
    check_builtin,
    check_input_bytes,
    check_runtime,
    check_stateless,
)
from export.tflite_file import TFLiteFile

Endpoint = tuple[Callable[..., Any], list[tf.TensorSpec]]
Settings = Callable[[tf.lite.TFLiteConverter], None]


@contextlib.contextmanager
def saved_model(
    layer: keras.layers.Layer, endpoints: Mapping[str, Endpoint]
) -> Iterator[Path]:
    """Write a layer and its endpoints into a SavedModel that lives in the context.

    Args:
        layer: holds the weights.
        endpoints: for each signature a function and the specs of its arguments.

    Yields:
        The folder of the SavedModel.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "saved_model"
        archive = keras.export.ExportArchive()
        archive.track(layer)
        for name, (function, specs) in endpoints.items():
            archive.add_endpoint(name, function, specs)
        archive.write_out(str(path), verbose=False)
        yield path


def convert(
    folder: Path, signatures: list[str], name: str, settings: Settings | None = None
) -> TFLiteFile:
    """Convert signatures of a SavedModel into one TFLite file.

    Args:
        folder: the SavedModel.
        signatures: keys of the signatures to keep.
        name: what errors call the file.
        settings: changes the converter before it runs, for quantisation.

    Raises:
        ValueError: the file holds variables, needs custom operators or a newer
            runtime than the application's.
    """
    with _quiet():
        converter = tf.lite.TFLiteConverter.from_saved_model(
            str(folder), signature_keys=signatures
        )
        if settings is not None:
            settings(converter)
        return _converted(converter, name)


def convert_function(
    function: Callable[..., Any],
    specification: tf.TensorSpec,
    name: str,
    examples: Callable[[], Iterator[list[Any]]] | None = None,
    dynamic_range: bool = False,
    input_zero_point: int | None = None,
    fake_quantised: bool = False,
) -> TFLiteFile:
    """Convert a function whose weights are constants.

    Args:
        function: Takes one tensor; gives named ones.
        specification: Of the tensor.
        name: what errors call the file.
        examples: Yields inputs that set the ranges of an int8 quantisation; if None,
            weights are stored in float16.
        dynamic_range: Whether, without examples, weights are stored in int8 instead,
            and what they meet is quantised while the network runs.
        input_zero_point: If given, the file takes bytes of which the function gets
            this much less; the examples must reach both ends.
        fake_quantised: Whether the function has fake quantisation, which sets the
            ranges: what has them becomes int8, the rest stays float32.

    Raises:
        ValueError: the file holds variables, needs custom operators or a newer
            runtime than the application's, or takes bytes in another way.
    """
    module = tf.Module()
    module.serve = tf.function(function, autograph=False)
    concrete = module.serve.get_concrete_function(specification)
    converter = tf.lite.TFLiteConverter.from_concrete_functions([concrete], module)
    converter.optimizations = [tf.lite.Optimize.DEFAULT]
    if fake_quantised:
        return _converted(converter, name)
    if examples is None and dynamic_range:
        # Dense layers with a scale for each channel need a newer runtime.
        converter._experimental_disable_per_channel_quantization_for_dense_layers = True
        return _converted(converter, name)
    if examples is None:
        converter.target_spec.supported_types = [tf.float16]
        return _converted(converter, name)
    converter.representative_dataset = examples
    if input_zero_point is not None:
        converter.inference_input_type = tf.uint8
    with _quiet():
        model = _converted(converter, name)
    if input_zero_point is not None:
        check_input_bytes(model, input_zero_point)
    return model


def count_weights(layer: keras.layers.Layer) -> int:
    """Number of stored parameters: weights and fixed statistics, no seeds."""
    return sum(
        int(tf.size(weight.value))
        for weight in layer.weights
        if "seed_generator" not in weight.path
    )


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    # The converter calibrates with an interpreter of its own that TensorFlow
    # deprecates; an export cannot change that.
    logger = logging.getLogger("tensorflow")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="(?s).*tf.lite.Interpreter is")
            yield
    finally:
        logger.setLevel(level)


def _converted(converter: tf.lite.TFLiteConverter, name: str) -> TFLiteFile:
    model = TFLiteFile(converter.convert(), name)
    for check in (check_stateless, check_builtin, check_runtime):
        check(model)
    return model
