"""The scene of a photo, from the features that are stored for it anyway."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photo_interests.analysis.card import AnalyzerCard, FeatureInput, load_analyzer
from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.analysis.rows import SceneRow
from photo_interests.bundle.card import CardError
from photo_interests.models.runtime import open_interpreter

NAME = "scene"
LISTED = 5


class SceneClassifier:
    """Names the kind of place that a photo shows; the probabilities sum to 1."""

    def __init__(self, folder: Path) -> None:
        """Load the classifier and compare it with its card.

        Args:
            folder: Folder of its card and model.

        Raises:
            CardError: The card is invalid, or the model differs from it.
        """
        self._card = load_analyzer(folder, NAME)
        path = folder / self._card.model
        if not isinstance(self._card.input, FeatureInput):
            raise CardError(
                f"{path}: expected an input of features, received {self._card.input}"
            )
        self._interpreter = open_interpreter(path)
        self._run = self._interpreter.get_signature_runner()
        received = {
            name: tuple(int(size) for size in details["shape"])
            for name, details in (
                *self._run.get_input_details().items(),
                *self._run.get_output_details().items(),
            )
        }
        expected = {
            "features": (1, self._card.input.dimension),
            "probabilities": (1, len(self._card.labels)),
        }
        if received != expected:
            raise CardError(f"{path}: expected {expected}, received {received}")
        self._indoor = np.array([bool(label.indoor) for label in self._card.labels])

    def __call__(self, photo: DecodedPhoto) -> SceneRow:
        """Classify a photo."""
        return self.classify(photo.features)

    def classify(self, features: NDArray[np.uint8]) -> SceneRow:
        """Classify stored features.

        Args:
            features: uint8 `(dimension,)`.
        """
        probabilities = self.probabilities(features)
        order = np.argsort(-probabilities, kind="stable")[:LISTED]
        return SceneRow(
            tuple(int(index) for index in order),
            tuple(float(probabilities[index]) for index in order),
            _group(probabilities, self._card),
            float(probabilities[self._indoor].sum()),
        )

    def probabilities(self, features: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Return the probability of each scene, `(labels,)`.

        Args:
            features: uint8 `(dimension,)`.
        """
        found: NDArray[np.float32] = self._run(features=features[None])["probabilities"]
        return found[0]


def _group(probabilities: NDArray[np.float32], card: AnalyzerCard) -> str | None:
    """The group with the largest sum, where that is probable enough."""
    sums: dict[str, float] = {}
    for label, probability in zip(card.labels, probabilities, strict=True):
        if label.group is not None:
            sums[label.group] = sums.get(label.group, 0.0) + float(probability)
    best = max(sums, key=lambda group: sums[group])
    return best if sums[best] >= card.thresholds["group"] else None
