"""Trains and measures the classifier of scenes."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import softmax

from photo_interests.bundle.card import load_card
from photo_interests.models.extractor import Extractor
from training.csv_rows import read_csv_rows
from training.galleries.photos import load_everyday_photos
from training.metrics.bootstrap import Bootstrap
from training.scenes.calibration import (
    cross_entropy,
    expected_calibration_error,
    fit_calibrated,
)
from training.scenes.fit import SceneConfig
from training.scenes.head_file import SCENES, load_head, save_head
from training.scenes.scene_head import SceneHead
from training.scenes.views import VIEWS, Scenes, read_scenes

RIGHT_GROUPS = {
    "mountain": {"mountains"},
    "sea": {"water"},
    "beach": {"water"},
    "forest": {"forest", "garden"},
    "kitchen": {"home"},
    "bedroom": {"home"},
    "bathroom": {"home"},
    "street": {"city", "transport"},
    "building": {"city", "sights", "religion"},
}
"""Labels of everyday photos that name a scene, and the groups that are right."""
OTHER_LABELS = {"people", "portrait", "food", "dog", "cat"}
"""Photos of these besides are left to their subject: the scene is behind it."""


def fit_and_measure(data: Path, cache: Path, bundle: Path) -> dict[str, Any]:
    """Train on MiniPlaces' training photos, measure on its test photos.

    Args:
        data: Folder of the photo sets.
        cache: Folder for features.
        bundle: Bundle whose extractor gives the features.
    """
    card = load_card(bundle)
    extractor = Extractor(bundle, card=card)
    train, test = (
        read_scenes(
            data / "miniplaces" / part, extractor, views, cache / f"scenes-{part}.npz"
        )
        for part, views in (("train", VIEWS), ("test", 1))
    )
    head = fit_calibrated(train, SceneConfig())
    save_head(head, card.files[card.extractor.file].sha256)
    return measure_test(head, test)


def measure_test(head: SceneHead, test: Scenes) -> dict[str, Any]:
    """Measure labels, groups and indoor or outdoor on labelled scenes.

    Args:
        head: Classifier.
        test: Photos that it was not trained on.
    """
    rows = read_csv_rows(SCENES)
    logits = head.logits(test.features[:, 0])
    probabilities = softmax(logits, axis=1)
    order = np.argsort(-probabilities, axis=1)
    labels = test.labels[:, None]
    groups = np.array([row["group"] for row in rows])
    indoor = np.array([row["indoor"] == "1" for row in rows])
    values = {
        "top_1": order[:, 0] == test.labels,
        "top_5": (order[:, :5] == labels).any(axis=1),
        "group": best_group(probabilities, groups)[0] == groups[test.labels],
        "indoor": (probabilities[:, indoor].sum(axis=1) > 0.5) == indoor[test.labels],
    }
    bootstrap = Bootstrap(len(test.labels))
    measured: dict[str, Any] = {
        name: asdict(bootstrap.mean(np.asarray(value, float)))
        for name, value in values.items()
    }
    return measured | {
        "photos": len(test.labels),
        "calibration_error": expected_calibration_error(probabilities, test.labels),
        "cross_entropy": cross_entropy(logits, test.labels),
    }


def best_group(
    probabilities: np.ndarray, groups: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return the most probable group of each photo, and its probability.

    Args:
        probabilities: Of scenes, `(photos, scenes)`.
        groups: Group of each scene.
    """
    names = np.array(sorted(set(groups)))
    sums = np.stack(
        [probabilities[:, groups == name].sum(axis=1) for name in names], axis=1
    )
    return names[sums.argmax(axis=1)], sums.max(axis=1)


def measure_everyday() -> dict[str, Any]:
    """Measure groups on everyday photos whose label names a scene."""
    head, _ = load_head()
    photos = load_everyday_photos()
    groups = np.array([row["group"] for row in read_csv_rows(SCENES)])
    chosen, confidence = best_group(
        softmax(head.logits(photos.features), axis=1), groups
    )
    result: dict[str, Any] = {}
    every, sources, stated = [], [], []
    for label, right in RIGHT_GROUPS.items():
        rows = np.array(
            [label in one and not OTHER_LABELS & set(one) for one in photos.labels]
        )
        values = np.isin(chosen[rows], list(right)).astype(float)
        every.append(values)
        sources.append(photos.sources[rows])
        stated.append(confidence[rows])
        result[label] = {
            "photos": int(rows.sum()),
            **asdict(Bootstrap(len(values)).mean(values)),
        }
    values, confident = np.concatenate(every), np.concatenate(stated) >= 0.5
    names = np.concatenate(sources)
    result["all"] = asdict(Bootstrap(len(values)).mean(values))
    result["all"]["photos"] = len(values)
    result["stated"] = asdict(
        Bootstrap(int(confident.sum())).mean(values[confident])
    ) | {"share": float(confident.mean())}
    result["by_set"] = {
        str(name): float(values[names == name].mean()) for name in sorted(set(names))
    }
    return result
