"""Kinds on photos of ImageNet's classes: the bundle's against the distilled head's.

No photo of ImageNet is at hand. These stand in: test photos of the labelled sets whose
label is a class of ImageNet (the new head learned that label from other photos), and
background photos of such labels, which no head learned the label of.
"""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np
from scipy.special import softmax

from training.features.feature_set import FeatureSet
from training.interests.photo_head import PhotoHead
from training.metrics.bootstrap import Bootstrap
from training.vocabulary.measure import CATEGORY_OF_LABEL
from training.vocabulary.vocabulary import Vocabulary

RANKS = (1, 5)
LABELLED, BACKGROUND = "labelled test photos", "background test photos"


def imagenet_photos(
    stored: FeatureSet, vocabulary: Vocabulary
) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Choose the test photos whose label is a class of ImageNet.

    Args:
        stored: Features of the labelled photos.
        vocabulary: Kinds, and which of them are classes of ImageNet.

    Returns:
        Rows of `stored` and the right kind of each, by the name of the set.
    """
    rows = stored.rows("test")
    table = stored.photos.iloc[rows]
    index = vocabulary.catalogue.index
    classes = set(vocabulary.outputs.tolist())
    right = {
        LABELLED: [index.get(one, -1) for one in table["category"]],
        BACKGROUND: [
            index[CATEGORY_OF_LABEL[label]] if label in CATEGORY_OF_LABEL else -1
            for label in table["label"]
        ],
    }
    found = {}
    for name, kinds in right.items():
        keep = np.array([one in classes for one in kinds])
        found[name] = rows[keep], np.array(kinds)[keep]
    return found


def student_kinds(head: PhotoHead, features: np.ndarray) -> np.ndarray:
    """Classify by the distilled head alone: float `(photos, kinds)`."""
    classes = softmax(head.student_logits(head.standardise(features)), axis=1)
    kinds = np.zeros((len(classes), int(head.kinds)), np.float32)
    for column, kind in enumerate(head.kind_of):
        kinds[:, kind] += classes[:, column]
    return kinds


def measure_top5(
    head: PhotoHead, stored: FeatureSet, vocabulary: Vocabulary
) -> dict[str, Any]:
    """Count the photos whose right kind is among the first one and the first five.

    Returns:
        By set of photos: `photos`, `kinds`, and by rank `bundle`, `distilled head` and
        `difference`, intervals of a bootstrap over photos.
    """
    results: dict[str, Any] = {}
    for name, (rows, right) in imagenet_photos(stored, vocabulary).items():
        features = stored.features[rows]
        systems: Mapping[str, np.ndarray] = {
            "bundle": head.kind_probabilities(features),
            "distilled head": student_kinds(head, features),
        }
        results[name] = {"photos": len(rows), "kinds": len(np.unique(right))}
        resamples = Bootstrap(len(rows))
        for rank in RANKS:
            hits = {
                system: np.any(best(kinds, rank) == right[:, None], axis=1).astype(
                    float
                )
                for system, kinds in systems.items()
            }
            hits["difference"] = hits["bundle"] - hits["distilled head"]
            results[name][f"top {rank}"] = {
                system: asdict(resamples.mean(one)) for system, one in hits.items()
            }
    return results


def best(kinds: np.ndarray, count: int) -> np.ndarray:
    """The likeliest kinds of each photo, int `(photos, count)`."""
    return np.argsort(-kinds, axis=1, kind="stable")[:, :count]
