"""How often distilled categories are shown, and MAP over all outputs of a bundle."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import keras
import numpy as np

from photo_interests.models.interest_model import InterestModel
from training.arrays import Bytes, Floats, Integers
from training.backbone.pretrained import build_teacher
from training.features.feature_set import FeatureSet
from training.metrics.bootstrap import Bootstrap, ratio
from training.metrics.interest_metrics import average_precision
from training.simulation.scenario_names import USERS
from training.simulation.user_sets import UserSets, labels
from training.vocabulary.vocabulary import load_vocabulary

SHOWN, SURE = 0.5, 0.5
"""Probability from which an interest is shown, and from which the teacher is sure."""
SIZES = (1, 10, 50)
"""Photos of a set."""
SETS = 400
"""Drawn sets of a size above 1."""
BATCH = 64


def teacher_categories(pixels: Bytes, data: Path) -> Integers:
    """Give the category that the pretrained classifier sees on each photo.

    Args:
        pixels: uint8 `(photos, size, size, 3)`.
        data: Folder with the pretrained weights.

    Returns:
        int `(photos,)`, index among all categories; -1 where it is not sure.
    """
    teacher = build_teacher(pixels.shape[1], data)
    parts = [
        keras.ops.softmax(
            teacher(np.asarray(pixels[start : start + BATCH], np.float32) / 127.5 - 1)
        ).numpy()
        for start in range(0, len(pixels), BATCH)
    ]
    probabilities = np.concatenate(parts)
    found = load_vocabulary().outputs[probabilities.argmax(axis=1)]
    return np.where(probabilities.max(axis=1) >= SURE, found, -1)


def measure_recall(
    model: InterestModel, features: Bytes, seen: Integers, first: int, seed: int = 0
) -> dict[str, Any]:
    """Measure which of the distilled categories that the teacher sees are shown.

    Args:
        model: Of the bundle.
        features: uint8 `(photos, dimension)`.
        seen: See `teacher_categories`.
        first: Index of the first distilled category.
        seed: Draws the sets.

    Returns:
        By size of the sets: `sets`, `seen` (mean number of distilled categories that
        the teacher sees in one) and `recall` with its interval over sets.
    """
    random = np.random.default_rng(seed)
    found = {}
    for size in SIZES:
        singles = np.flatnonzero(seen >= first)[:, None]
        sets = (
            singles
            if size == 1
            else np.stack(
                [random.choice(len(seen), size, replace=False) for _ in range(SETS)]
            )
        )
        counts = []
        for rows in sets:
            wanted = np.unique(seen[rows][seen[rows] >= first])
            shown = model(features[rows]).probabilities[wanted] >= SHOWN
            counts.append((shown.sum(), len(wanted)))
        columns = np.array(counts, float)
        interval = Bootstrap(len(sets), seed).interval(columns, ratio)
        found[str(size)] = {
            "sets": len(sets),
            "seen": float(columns[:, 1].mean()),
            "recall": asdict(interval),
        }
    return found


def map_over_all(
    model: InterestModel, feature_set: FeatureSet, user_sets: UserSets
) -> dict[str, float]:
    """Measure MAP on simulated test users among all outputs.

    A distilled category counts as wrong, since no label says whether it is right.

    Args:
        model: Of the bundle, whose first categories are those of the feature set.
        feature_set: The photos.
        user_sets: Their users.

    Raises:
        ValueError: The bundle's first categories are others.
    """
    first = [one.id for one in model.card.interests][: len(feature_set.categories)]
    if first != list(feature_set.categories):
        raise ValueError(
            f"{model.card.name}: expected the categories of the feature set first, "
            f"received {first[:3]} ..."
        )
    users = user_sets.sets(USERS, "test")
    truth = labels(users, feature_set).astype(bool)
    predicted: Floats = np.stack(
        [model(feature_set.features[one.photos]).probabilities for one in users]
    )
    wider = np.zeros(predicted.shape, bool)
    wider[:, : truth.shape[1]] = truth
    interval = Bootstrap(len(users)).mean(average_precision(wider, predicted))
    return asdict(interval)
