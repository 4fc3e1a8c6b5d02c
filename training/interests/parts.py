"""What is fitted after the features: one file each, put together to be exported."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from training.interests.bases import MOBILENET, Base
from training.interests.calibration import PhotoCalibration
from training.interests.photo_head import PhotoHead
from training.interests.released_heads import head_of
from training.interests.repetition import Readout
from training.interests.scene_evidence import SceneEvidence, load_scene_evidence
from training.vocabulary.interests import Interests, load_interests

NEW_HEAD = "new_head.npz"
READOUTS = "readouts.json"
FEATURES = MOBILENET.features
"""Feature set of the released extractor."""


class Parts(NamedTuple):
    """What is fitted, in the order it is applied.

    Attributes:
        head: Features to kinds.
        weights: Kinds to interests, float32 `(kinds, interests)`. An interest without
            a weight has no evidence, and a probability of 0.
        scenes: Features to what scenes say of interests.
        calibration: Of interests on a photo.
        interests: Read-out of interests.
        kinds: Read-out of kinds.
    """

    head: PhotoHead
    weights: np.ndarray
    scenes: SceneEvidence
    calibration: PhotoCalibration
    interests: Readout
    kinds: Readout

    @property
    def evident(self) -> np.ndarray:
        """Which interests have evidence at all: bool `(interests,)`."""
        return np.asarray(self.weights.any(axis=0))

    def classify(self, features: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Say what photos show.

        Args:
            features: Stored ones, uint8 `(photos, D)`.

        Returns:
            Calibrated interests, float `(photos, interests)`, and kinds, float32
            `(photos, kinds)`.
        """
        kinds = self.head.kind_probabilities(features)
        rolled = np.minimum(kinds @ self.weights, 1)
        interests = self.calibration(rolled, self.scenes(features))
        return interests * self.evident, kinds


def load_parts(
    head: Path | None = None,
    readouts: Path | None = None,
    interests: Interests | None = None,
    base: Base = MOBILENET,
) -> Parts:
    """Put the heads of a base and what was fitted together.

    Args:
        head: Folder with the new head; the committed one if None.
        readouts: Folder with calibration and read-outs; the committed one if None.
        interests: The taxonomy; the committed one if None.
        base: What they were fitted on.

    Raises:
        FileNotFoundError: A file is missing.
        ValueError: The new head is of another taxonomy.
    """
    taxonomy = interests or load_interests()
    head = head or base.fitted / "photo-head" / "head"
    readouts = readouts or base.fitted / "interests"
    start = head_of(base, taxonomy)
    values = json.loads((readouts / READOUTS).read_text(encoding="utf-8"))
    calibration = values["calibration"]
    return Parts(
        with_new_head(start, head / NEW_HEAD),
        taxonomy.weights,
        load_scene_evidence(taxonomy, head=base.scenes),
        PhotoCalibration(
            calibration["slope"],
            calibration["scene_slope"],
            calibration["offset"],
            np.array(calibration["biases"]),
        ),
        _readout(values["interests"]),
        _readout(values["kinds"]),
    )


def with_new_head(head: PhotoHead, path: Path) -> PhotoHead:
    """Give a head the stored new one.

    Raises:
        ValueError: It has other outputs.
    """
    with np.load(path) as stored:
        arrays = {name: stored[name].astype(np.float32) for name in stored.files}
    if arrays["new_kernel"].shape != head.new_kernel.shape:
        raise ValueError(
            f"{path}: expected a kernel {head.new_kernel.shape}, received "
            f"{arrays['new_kernel'].shape}; it is of another taxonomy"
        )
    return replace(head, **arrays)


def save_new_head(head: PhotoHead, path: Path) -> None:
    """Write what was fitted of a head, the kernel in float16."""
    np.savez_compressed(
        path,
        new_kernel=head.new_kernel.astype(np.float16),
        new_bias=head.new_bias,
        student_scale=head.student_scale,
    )


def plain(fitted: Any) -> dict[str, Any]:
    """Give a calibration or a read-out as JSON values of six digits."""
    return {
        name: np.asarray(value, float).round(6).tolist()
        for name, value in fitted._asdict().items()
    }


def _readout(values: dict[str, Any]) -> Readout:
    slopes = np.array(values["slopes"])
    return Readout(slopes, values["offset"], values["threshold"], values["gain"])
