"""What the bundle, scenes and objects say of each everyday photo, as one matrix."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.special import softmax

from photo_interests.analysis.card import AnalyzerCard
from photo_interests.bundle.card import CardFormat2
from photo_interests.models.interest_model import InterestModel
from photo_interests.search.search_labels import SearchLabel, search_labels
from training.experiments.analyzers.detections import EverydayPhoto
from training.galleries.photos import EverydayPhotos, load_everyday_photos
from training.scenes.head_file import load_head

CHUNK = 500


@dataclass(frozen=True, eq=False)
class PhotoLabels:
    """Probabilities of labels on photos.

    Attributes:
        photos: The photos.
        labels: The labels.
        values: float32 `(photos, labels)`.
    """

    photos: EverydayPhotos
    labels: tuple[SearchLabel, ...]
    values: np.ndarray

    def of(self, source: str, name: str) -> np.ndarray:
        """Return the probability of one label on each photo, `(photos,)`."""
        index = [f"{one.source} {one.id}" for one in self.labels].index(
            f"{source} {name}"
        )
        return self.values[:, index]


def read_photo_labels(
    bundle: Path, cards: dict[str, AnalyzerCard], detections: list[EverydayPhoto]
) -> PhotoLabels:
    """Classify the stored features of the everyday photos.

    Args:
        bundle: Bundle with kinds.
        cards: Cards of scenes and objects.
        detections: What was found on each photo, in the same order.

    Raises:
        ValueError: Photos and detections differ.
    """
    photos = load_everyday_photos()
    received = [(one.source, set(one.labels)) for one in detections]
    expected = [
        (str(source), set(labels))
        for source, labels in zip(photos.sources, photos.labels, strict=True)
    ]
    if received != expected:
        raise ValueError("detections: expected those of the stored photos, in order")
    model = InterestModel(bundle)
    assert isinstance(model.card, CardFormat2)
    interests, kinds = classify(model, photos.features)
    head, _ = load_head()
    objects = _best_scores(cards["objects"], detections)
    parts = (
        interests,
        kinds,
        softmax(head.logits(photos.features), axis=1),
        objects,
    )
    return PhotoLabels(
        photos, search_labels(model.card, cards), np.concatenate(parts, axis=1)
    )


def classify(
    model: InterestModel, features: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return what each photo shows: of interests and of kinds, `(photos, labels)`.

    Args:
        model: Of a bundle with kinds.
        features: Stored features, uint8 `(photos, dimension)`.
    """
    interests, kinds = [], []
    for start in range(0, len(features), CHUNK):
        output = model(features[start : start + CHUNK])
        assert output.repetition is not None
        interests.append(output.photo_probabilities)
        kinds.append(output.repetition.photo_kind_probabilities)
    return np.concatenate(interests), np.concatenate(kinds)


def _best_scores(card: AnalyzerCard, detections: list[EverydayPhoto]) -> np.ndarray:
    names = {label.id: index for index, label in enumerate(card.labels)}
    scores = np.zeros((len(detections), len(names)), np.float32)
    for row, one in enumerate(detections):
        for name, score in one.objects:
            scores[row, names[name]] = max(scores[row, names[name]], score)
    return scores
