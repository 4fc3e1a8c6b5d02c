"""What scenes say of interests: their classifier, and the interest that each names."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from training.csv_rows import read_csv_rows
from training.scenes.head_file import HEAD, SCENES, load_head
from training.scenes.scene_head import SceneHead
from training.vocabulary.interests import Interests


class SceneEvidence(NamedTuple):
    """Stored features to evidence of interests.

    Attributes:
        head: Classifier of scenes. It learned from no photo of the galleries.
        weights: 1 where a scene names an interest, float32 `(scenes, interests)`.
    """

    head: SceneHead
    weights: np.ndarray

    def __call__(self, features: np.ndarray) -> np.ndarray:
        """Give the probability of all scenes that name an interest.

        Args:
            features: Stored ones, uint8 `(photos, D)`.

        Returns:
            float32 `(photos, interests)`.
        """
        return np.asarray(self.head.probabilities(features) @ self.weights)


def load_scene_evidence(
    interests: Interests, path: Path = SCENES, head: Path = HEAD
) -> SceneEvidence:
    """Read the committed classifier and what its scenes name.

    Args:
        interests: The taxonomy.
        path: Table of scenes; its `interest` was written from their names alone, and
            is empty where a scene names none.
        head: File of the classifier.

    Raises:
        ValueError: A scene names an interest that is not in the taxonomy.
    """
    rows = read_csv_rows(path)
    weights = np.zeros((len(rows), len(interests.interests)), np.float32)
    for number, row in enumerate(rows):
        named = row["interest"]
        if named and named not in interests.index:
            raise ValueError(
                f"{path}: {row['id']}: expected a known interest, received {named!r}"
            )
        if named:
            weights[number, interests.index[named]] = 1
    return SceneEvidence(load_head(head)[0], weights)
