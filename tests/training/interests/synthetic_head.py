"""A small photo head with random weights, and what is fitted after it."""

import numpy as np

from training.interests.calibration import PhotoCalibration
from training.interests.parts import Parts
from training.interests.photo_head import PhotoHead
from training.interests.repetition import Readout
from training.interests.scene_evidence import SceneEvidence
from training.scenes.scene_head import SceneHead

DIMENSION, READ, HIDDEN = 12, 7, 5
LABELLED, DISTILLED, EVERYDAY = 3, 4, 2
SCENES = 3
KINDS = LABELLED + DISTILLED + EVERYDAY
# One class of each distilled kind, a second one of the last, and a labelled kind.
KIND_OF = np.array([3, 4, 5, 6, 6, 1])


def random_head(seed: int = 0) -> PhotoHead:
    random = np.random.default_rng(seed)

    def draw(*shape: int) -> np.ndarray:
        return random.normal(size=shape).astype(np.float32)

    width = LABELLED + EVERYDAY + 1
    return PhotoHead(
        feature_scale=np.array(0.02),
        mean=np.abs(draw(DIMENSION)),
        inverse_deviation=np.abs(draw(DIMENSION)) + 0.5,
        limit=np.array(6.0),
        student_kernel=draw(READ, len(KIND_OF)),
        student_bias=draw(len(KIND_OF)),
        student_scale=np.array([0.8, -0.2], np.float32),
        new_kernel=draw(DIMENSION, width),
        new_bias=draw(width),
        hidden_kernel=draw(DIMENSION, HIDDEN),
        hidden_bias=draw(HIDDEN),
        labelled_kernel=draw(8 + HIDDEN, LABELLED + 1),
        labelled_bias=draw(LABELLED + 1),
        labelled_limits=np.array([2.0, 1.0]),
        kind_of=KIND_OF,
        kinds=np.array(KINDS),
    )


def random_parts(seed: int = 0) -> Parts:
    random = np.random.default_rng(seed)
    weights = (random.random((KINDS, 5)) < 0.4).astype(np.float32)
    weights[:, 4] = 0
    scene_head = SceneHead(
        random.normal(size=(DIMENSION, SCENES)).astype(np.float32) * 5,
        random.normal(size=SCENES).astype(np.float32),
    )
    scene_weights = np.eye(SCENES, 5, dtype=np.float32)
    return Parts(
        random_head(seed),
        weights,
        SceneEvidence(scene_head, scene_weights),
        PhotoCalibration(0.8, 1.5, -0.1, random.normal(size=5)),
        Readout(np.array([1.5, 0.5, -0.7]), 3.0, 0.85, 0.3),
        Readout(np.array([0.9, 0.6, -0.2]), 2.0, 0.8),
    )


def random_features(photos: int, seed: int = 0) -> np.ndarray:
    random = np.random.default_rng(seed)
    return random.integers(0, 256, (photos, DIMENSION)).astype(np.uint8)
