"""Logits of one classifier for all photos, of known and held-out classes."""

from dataclasses import dataclass, replace

import numpy as np

from training.aggregators.config import PhotoEvidenceConfig
from training.aggregators.cross_fitted_photo_classifier import (
    CrossFittedPhotoClassifier,
)
from training.experiments.mil_ablation.background_scores import mahalanobis_distances
from training.features.feature_set import FeatureSet


@dataclass(frozen=True, eq=False)
class PhotoScores:
    """Logits of all photos, and of photos of held-out classes.

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
    config: PhotoEvidenceConfig, feature_set: FeatureSet, background_share: float
) -> PhotoScores:
    """Fit the classifiers of a variant.

    Args:
        config: With one fold, so that one classifier answers for all photos.
        feature_set: The photos.
        background_share: Share of the background classes that training keeps.
    """
    config = replace(config, prior_correction=0.0)
    excluded = _of_other_classes(feature_set, background_share, config.seed)
    photos = CrossFittedPhotoClassifier(config, feature_set, excluded)
    regularisation, _ = photos.choose_regularisation()
    classifier = photos.final_classifier(regularisation)
    inputs = photos.aggregator.clipped(feature_set.features).numpy()
    rows, unseen = photos.held_out_classes(regularisation)
    labelled = photos.train[photos.labels[photos.train] < photos.classes - 1]
    hidden = np.full(len(inputs) + len(rows), -1)
    hidden[len(inputs) :] = photos.labels[rows]
    distances = mahalanobis_distances(
        np.concatenate([inputs, inputs[rows]]),
        inputs[labelled],
        photos.labels[labelled],
        hidden,
    )
    counts = np.bincount(photos.labels[photos.train], minlength=photos.classes)[:-1]
    excess = np.log(np.maximum(counts, 1) / counts.mean())
    return PhotoScores(
        classifier.logits(inputs), photos.labels, unseen, distances, excess
    )


def _of_other_classes(feature_set: FeatureSet, part: float, seed: int) -> np.ndarray:
    """Background photos of the classes that training does not keep."""
    classes = feature_set.photos["label"].to_numpy(str)
    background = feature_set.rows("train")
    background = background[feature_set.category_indices[background] < 0]
    known = np.unique(classes[background])
    kept = np.random.default_rng(seed).permutation(known)[: round(part * len(known))]
    return background[~np.isin(classes[background], kept)]
