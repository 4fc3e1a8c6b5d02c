"""What one classifier says of all photos, seen and held out."""

from dataclasses import dataclass, replace

import numpy as np

from training.aggregators.config import PhotoEvidenceConfig
from training.aggregators.cross_fitted_photo_classifier import (
    CrossFittedPhotoClassifier,
)
from training.experiments.mil_ablation.nothing_scores import mahalanobis_distances
from training.features.feature_set import FeatureSet


@dataclass(frozen=True, eq=False)
class PhotoScores:
    """Logits of all photos, and of photos as of kinds that were not taught.

    Attributes:
        logits: float `(photos, D + 1)`, by the classifier that learnt from the
            training photos alone: the others it has not seen.
        labels: int `(photos,)`, none last.
        unseen: Logits of validation photos whose category was held out.
        distances: Mahalanobis distances of all photos, and after them of the unseen.
        excess: Log frequency of the categories in training, float `(D,)`.
    """

    logits: np.ndarray
    labels: np.ndarray
    unseen: np.ndarray
    distances: np.ndarray
    excess: np.ndarray


def score_photos(
    config: PhotoEvidenceConfig, feature_set: FeatureSet, none_kinds: float
) -> PhotoScores:
    """Fit the classifiers of a variant.

    Args:
        config: With one fold, so that one classifier answers for all photos.
        feature_set: The photos.
        none_kinds: Part of the kinds of nothing that training keeps.
    """
    config = replace(config, prior_correction=0.0)
    left_out = _of_other_kinds(feature_set, none_kinds, config.seed)
    photos = CrossFittedPhotoClassifier(config, feature_set, left_out)
    regularisation, _ = photos.choose_regularisation()
    classifier = photos.final_classifier(regularisation)
    inputs = photos.aggregator.clipped(feature_set.features).numpy()
    rows, unseen = photos.held_out_classes(regularisation)
    taught = photos.train[photos.labels[photos.train] < photos.classes - 1]
    hidden = np.full(len(inputs) + len(rows), -1)
    hidden[len(inputs) :] = photos.labels[rows]
    distances = mahalanobis_distances(
        np.concatenate([inputs, inputs[rows]]),
        inputs[taught],
        photos.labels[taught],
        hidden,
    )
    counts = np.bincount(photos.labels[photos.train], minlength=photos.classes)[:-1]
    excess = np.log(np.maximum(counts, 1) / counts.mean())
    return PhotoScores(
        classifier.logits(inputs), photos.labels, unseen, distances, excess
    )


def _of_other_kinds(feature_set: FeatureSet, part: float, seed: int) -> np.ndarray:
    """Photos of nothing whose kinds are not in the part that is kept."""
    kinds = feature_set.photos["label"].to_numpy(str)
    nothing = feature_set.rows("train")
    nothing = nothing[feature_set.category_indices[nothing] < 0]
    known = np.unique(kinds[nothing])
    kept = np.random.default_rng(seed).permutation(known)[: round(part * len(known))]
    return nothing[~np.isin(kinds[nothing], kept)]
