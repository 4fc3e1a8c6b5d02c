"""The numbers of an exported classifier of interests, by name."""

import numpy as np

from training.interests.parts import Parts
from training.interests.photo_head import PhotoHead

ROLL_UP = "rolled"
"""Name of the matrix from kinds to interests."""
SCENE_ROLL_UP = "scenes_rolled"
"""Name of the matrix from scenes to what they add to the logits of interests."""


def graph_constants(parts: Parts, scene_roll_up: np.ndarray) -> dict[str, np.ndarray]:
    """Name the numbers of a graph; kernels are divided by the largest of each column.

    Args:
        parts: What was fitted.
        scene_roll_up: From scenes to the logits of interests, `(scenes, interests)`.
    """
    head, calibration, scenes = parts.head, parts.calibration, parts.scenes
    merged, united = _one_hots(head)
    student = np.float32(head.student_scale[0])
    kernels = {
        "student": head.student_kernel * student,
        "new": head.new_kernel,
        "hidden": head.hidden_kernel,
        "labelled": head.labelled_kernel,
        "scene": scenes.head.kernel,
    }
    constants = {
        "mean": head.mean[None],
        "inverse_deviation": head.inverse_deviation[None],
        "student_bias": head.student_bias * student + head.student_scale[1],
        "new_bias": head.new_bias,
        "hidden_bias": head.hidden_bias,
        "labelled_bias": head.labelled_bias,
        "merged": merged,
        "united": united,
        ROLL_UP: parts.weights,
        "scene_bias": scenes.head.bias,
        SCENE_ROLL_UP: scene_roll_up,
        "biases": (calibration.biases + calibration.offset)[None],
        "evident": parts.evident[None].astype(np.float32),
    }
    for name, kernel in kernels.items():
        # Each column with a largest weight of 1: int8 has a step for each output.
        largest = np.abs(kernel).max(axis=0)
        largest = np.where(largest > 0, largest, 1).astype(np.float32)
        constants[f"{name}_kernel"] = kernel / largest
        constants[f"{name}_factors"] = largest.reshape(1, 1, -1)
    return constants


def check_order(head: PhotoHead) -> None:
    """Check that the student's classes are in the order that the graph reads.

    Raises:
        ValueError: They are not.
    """
    further = np.unique(head.kind_of[head.kind_of >= head.labelled])
    if not np.array_equal(head.kind_of[: len(further)], further):
        raise ValueError(
            "kind_of: expected one class of each distilled kind first, in order, "
            f"received {head.kind_of[: len(further)]}"
        )


def _one_hots(head: PhotoHead) -> tuple[np.ndarray, np.ndarray]:
    """Which distilled kind each second class is, which labelled kind each last one."""
    labelled = head.labelled
    distilled = len(np.unique(head.kind_of[head.kind_of >= labelled]))
    later = head.kind_of[distilled:]
    second, last = later[later >= labelled], later[later < labelled]
    merged = np.eye(distilled, dtype=np.float32)[second - labelled]
    return merged, np.eye(labelled, dtype=np.float32)[last]
