"""Heads that are there before interests: of `everyday-1105`, or from a file."""

from pathlib import Path

import numpy as np

from photo_interests.models.runtime import open_interpreter
from training.features.feature_set import FeatureSet
from training.interests.bases import Base
from training.interests.photo_head import PhotoHead
from training.vocabulary.interests import Interests
from training.vocabulary.vocabulary import Vocabulary, load_vocabulary

BUNDLE = "everyday-1105"
LIMIT = 6.0
"""Standardised features are cut there before the new head."""
PREDICT = 1
"""Number of the subgraph of the signature `predict`."""


def unfitted_head(bundle: Path, interests: Interests, scale: float) -> PhotoHead:
    """Take over the released heads; the new one is zero.

    Args:
        bundle: Folder of the bundle that they are read from.
        interests: The taxonomy.
        scale: Real value of one step of a stored feature.
    """
    read = read_heads(bundle / "aggregator.tflite", load_vocabulary())
    return with_empty_head(read, interests, scale)


def head_of(base: Base, interests: Interests) -> PhotoHead:
    """Give the heads of a base; the new one is zero.

    Args:
        base: Which.
        interests: The taxonomy.
    """
    scale = FeatureSet.load(base.features).scale
    if base.heads is None:
        return unfitted_head(base.head_file.parent, interests, scale)
    return with_empty_head(load_heads(base.heads), interests, scale)


def with_empty_head(
    read: dict[str, np.ndarray], interests: Interests, scale: float
) -> PhotoHead:
    """Put a new head of zeros beside others.

    Args:
        read: Arrays by the names of `PhotoHead`, as `read_heads` gives them.
        interests: The taxonomy.
        scale: Real value of one step of a stored feature.
    """
    labelled = len(read["labelled_bias"]) - 1
    everyday = len(interests.kinds) - len(load_vocabulary().catalogue.categories)
    width = labelled + everyday + 1
    return PhotoHead(
        **read,
        feature_scale=np.array(scale),
        limit=np.array(LIMIT),
        student_scale=np.array([1, 0], np.float32),
        new_kernel=np.zeros((len(read["mean"]), width), np.float32),
        new_bias=np.zeros(width, np.float32),
        kinds=np.array(len(interests.kinds)),
    )


def save_heads(head: PhotoHead, path: Path) -> None:
    """Write all of a head that `read_heads` reads of a bundle, kernels in float16."""
    arrays = {
        name: getattr(head, name)
        for name in (
            "mean",
            "inverse_deviation",
            "student_kernel",
            "student_bias",
            "hidden_kernel",
            "hidden_bias",
            "labelled_kernel",
            "labelled_bias",
            "labelled_limits",
            "kind_of",
        )
    }
    small = {
        name: one.astype(np.float16) if name.endswith("_kernel") else one
        for name, one in arrays.items()
    }
    np.savez_compressed(path, allow_pickle=False, **small)


def load_heads(path: Path) -> dict[str, np.ndarray]:
    """Read what `save_heads` wrote: arrays by the names of `PhotoHead`."""
    with np.load(path) as stored:
        return {
            name: stored[name].astype(np.float32)
            if name.endswith("_kernel")
            else stored[name]
            for name in stored.files
        }


def read_heads(aggregator: Path, vocabulary: Vocabulary) -> dict[str, np.ndarray]:
    """Read what a `PhotoHead` takes over: standardisation, student, old classifier.

    Args:
        aggregator: The TFLite file.
        vocabulary: Whose order of the student's classes the file has.

    Returns:
        Arrays by the names of `PhotoHead`.

    Raises:
        ValueError: A tensor is missing.
    """
    tensors = _tensors(aggregator)

    def find(name: str) -> np.ndarray:
        for key, value in tensors.items():
            if key.startswith(name):
                return value
        raise ValueError(
            f"{aggregator}: expected a tensor named {name}..., received "
            f"{sorted(tensors)}"
        )

    def dense(name: str) -> tuple[np.ndarray, np.ndarray]:
        factors = find(f"{name}/Reshape").reshape(-1, 1)
        return (find(f"{name}/MatMul") * factors).T.copy(), find(f"{name}/add").ravel()

    student_kernel, student_bias = dense("student_1")
    hidden_kernel, hidden_bias = dense("hidden_1")
    labelled_kernel, labelled_bias = dense("classifier_1")
    scale = float(find("Mul/ReadVariableOp1"))
    return {
        "mean": find("Const_1").ravel(),
        "inverse_deviation": find("standardise_1/normalization_1").ravel(),
        "student_kernel": student_kernel,
        "student_bias": student_bias,
        "hidden_kernel": hidden_kernel,
        "hidden_bias": hidden_bias,
        "labelled_kernel": scale * labelled_kernel,
        "labelled_bias": scale * labelled_bias + find("Mul_11").ravel(),
        # The converter made the inner limit a RELU_N1_TO_1.
        "labelled_limits": np.array([find("clip_by_value/Minimum").item(), 1.0]),
        "kind_of": vocabulary.outputs[vocabulary.order],
    }


def _tensors(aggregator: Path) -> dict[str, np.ndarray]:
    interpreter = open_interpreter(aggregator)
    found = {}
    for one in interpreter.get_tensor_details(PREDICT):
        try:
            found[one["name"]] = interpreter.get_tensor(one["index"], PREDICT)
        except ValueError:  # no constant
            continue
    return found
