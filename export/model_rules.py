"""Rules every TFLite file of a bundle must meet before anyone runs it."""

import numpy as np

from export.tflite_file import STATEFUL, TFLiteFile
from photo_interests.bundle.input_rule import INPUT_RULE

APPLICATION_RUNTIME = "2.16.1"
EXTRACTOR_SIGNATURE = "features"
EXTRACTOR_OPERATORS = {
    "ADD",
    "CONCATENATION",
    "CONV_2D",
    "DEPTHWISE_CONV_2D",
    "MEAN",
    "QUANTIZE",
}
# The last version that runtime 2.16 has. Per-channel dynamic-range kernels are
# version 12 and come with 2.17.
MAXIMUM_OPERATOR_VERSIONS = {"FULLY_CONNECTED": 9}
ALLOWED_OVERHEAD = 0.05
GRAPH_BYTES = 24_000
"""What operators and names take beside the weights: more than 5 % of few weights."""


def check_stateless(model: TFLiteFile) -> None:
    """Refuse variables: they are read uninitialised, without an error.

    Raises:
        ValueError: names the operators.
    """
    stateful = STATEFUL & set(model.operators)
    if stateful:
        raise ValueError(
            f"{model.name}: expected all weights as constants, "
            f"received {sorted(stateful)}"
        )


def check_builtin(model: TFLiteFile) -> None:
    """Refuse operators that a plain TFLite runtime lacks.

    Raises:
        ValueError: names the operators.
    """
    if model.custom_operators:
        raise ValueError(
            f"{model.name}: expected builtin operators only, "
            f"received {sorted(model.custom_operators)}"
        )


def check_extractor_operators(model: TFLiteFile) -> None:
    """Hold an extractor to what CPU, NNAPI and GPU can all take.

    Raises:
        ValueError: names the operators that are too many.
    """
    extra = set(model.operators) - EXTRACTOR_OPERATORS
    if extra:
        raise ValueError(
            f"{model.name}: expected only {sorted(EXTRACTOR_OPERATORS)}, "
            f"received also {sorted(extra)}"
        )


def check_quantisation(model: TFLiteFile) -> None:
    """Check the ends of a quantised extractor: bytes in by the rule, bytes out.

    Raises:
        ValueError: type, rank, scale or zero point differ.
    """
    ends = model.signatures[EXTRACTOR_SIGNATURE]
    image, features = ends.inputs["image"], ends.outputs["features"]
    rule = (np.float32(INPUT_RULE.scale), INPUT_RULE.zero_point)
    if (np.float32(image.scale), image.zero_point) != rule or image.dtype != "uint8":
        raise ValueError(
            f"{model.name}: expected uint8 input of scale and zero point {rule}, "
            f"received {image}"
        )
    if (features.dtype, features.zero_point, len(features.shape)) != ("uint8", 0, 2):
        raise ValueError(
            f"{model.name}: expected uint8 output [1, features] of zero point 0, "
            f"received {features}"
        )


def check_input_bytes(model: TFLiteFile, zero_point: int) -> None:
    """Check that a model of one input takes bytes as they are.

    Args:
        model: the file.
        zero_point: the byte that stands for 0.

    Raises:
        ValueError: it takes something else.
    """
    ((signature, ends),) = model.signatures.items()
    ((name, received),) = ends.inputs.items()
    expected = ("uint8", 1.0, zero_point)
    if (received.dtype, received.scale, received.zero_point) != expected:
        raise ValueError(
            f"{model.name}: expected input {name} of {signature} as type, scale and "
            f"zero point {expected}, received {received}"
        )


def check_runtime(model: TFLiteFile, application: str = APPLICATION_RUNTIME) -> None:
    """Check that the application's runtime can run every operator of the file.

    Args:
        model: the file.
        application: version of the runtime inside the application.

    Raises:
        ValueError: names file, operators, their versions and both runtimes.
    """
    required = model.minimum_runtime
    if version_key(required) > version_key(application):
        listed = ", ".join(f"{n} v{v}" for n, v in sorted(model.operators.items()))
        raise ValueError(
            f"{model.name}: expected a minimum runtime of at most {application}, "
            f"received {required}; its operators: {listed}"
        )
    for name, maximum in MAXIMUM_OPERATOR_VERSIONS.items():
        received = model.operators.get(name, 0)
        if received > maximum:
            raise ValueError(
                f"{model.name}: expected {name} of version {maximum} or lower for "
                f"runtime {application}, received version {received}"
            )


def largest_size(weights: int) -> float:
    """Largest size of a file with so many bytes of weights, each stored once."""
    return max((1 + ALLOWED_OVERHEAD) * weights, weights + GRAPH_BYTES)


def check_size(model: TFLiteFile, weights: int) -> None:
    """Compare a file's size with that of its weights.

    A file far smaller has lost its weights; one larger stores some twice.

    Args:
        model: the file.
        weights: size of the weights, in bytes.

    Raises:
        ValueError: gives both sizes.
    """
    size = len(model.content)
    low, high = (1 - ALLOWED_OVERHEAD) * weights, largest_size(weights)
    if not low <= size <= high:
        raise ValueError(
            f"{model.name}: expected {low:.0f} to {high:.0f} bytes for weights of "
            f"{weights} bytes, received {size}"
        )


def version_key(version: str) -> tuple[int, ...]:
    """Order versions by their numbers: 2.9.0 comes before 2.16.1."""
    return tuple(int(part) for part in version.split("."))
