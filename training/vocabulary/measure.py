"""Measures the large-vocabulary model: agreement, comparison, and a check by labels."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
import numpy.typing as npt

from training.arrays import Floats, Integers
from training.metrics.bootstrap import Bootstrap
from training.metrics.evaluate import Predictions, map_difference, measure
from training.vocabulary.vocabulary import Vocabulary

Strings = npt.NDArray[np.str_]
ALL = "all"
METRICS = ("map", "micro_f1", "macro_f1", "false_interests", "calibration_error")
CATEGORY_OF_LABEL = {
    "barrel": "imagenet.barrel",
    "binocular": "imagenet.binoculars",
    "cannon": "imagenet.cannon",
    "revolver": "imagenet.assault_rifle",
    "stop_sign": "imagenet.street_sign",
    "tick": "imagenet.tick",
    "umbrella": "imagenet.umbrella",
}
"""Background labels of the first catalogue that are distilled categories here."""


def agreement_by_source(
    predicted: Integers, teacher_classes: Integers, sources: Strings
) -> dict[str, dict[str, float]]:
    """Share of photos with the same best class, by photo set and for all.

    Args:
        predicted: The student's best class, int (photos,).
        teacher_classes: The teacher's best class, int (photos,).
        sources: Photo set of each photo (photos,).

    Returns:
        By source `photos`, `value`, `low`, `high`.
    """
    same = (predicted == teacher_classes).astype(float)
    chosen = {str(one): sources == one for one in np.unique(sources)}
    chosen[ALL] = np.ones(len(same), bool)
    return {
        source: {
            "photos": int(rows.sum()),
            **asdict(Bootstrap(int(rows.sum())).mean(same[rows])),
        }
        for source, rows in chosen.items()
    }


def compared(
    ours: Predictions, first: Predictions, seed: int = 0
) -> dict[str, dict[str, dict[str, Any]]]:
    """Compare two models over the categories that both predict.

    Args:
        ours: Truth and probabilities of this model, by scenario.
        first: Those of the bundle to compare with.
        seed: Seed of the bootstrap.

    Returns:
        `scenarios`: scenario -> metric -> model (`proposed`, `first`) -> value, low,
        high; `map_differences`: scenario -> value, low, high, of `proposed` less
        `first`.
    """
    numbers = {"proposed": measure(ours, seed), "first": measure(first, seed)}
    scenarios: dict[str, Any] = {}
    for scenario in first:
        found = {name: one[scenario]["metrics"] for name, one in numbers.items()}
        scenarios[scenario] = {
            metric: {name: one[metric] for name, one in found.items()}
            for metric in METRICS
            if metric in found["first"]
        }
    return {
        "scenarios": scenarios,
        "map_differences": map_difference(ours, first, seed),
    }


def accuracy_on_background(
    photo_probabilities: Floats, labels: Strings, vocabulary: Vocabulary
) -> dict[str, dict[str, float]]:
    """Check distilled categories on labelled photos of the background class.

    Args:
        photo_probabilities: float (photos, D).
        labels: Label of each photo (photos,).
        vocabulary: The categories.

    Returns:
        label -> `photos`, and the shares whose likeliest category is right: `top1` of
        all D, `top1_further` of the distilled ones.
    """
    index, labelled = vocabulary.catalogue.index, vocabulary.labelled
    best = photo_probabilities.argmax(axis=1)
    best_distilled = photo_probabilities[:, labelled:].argmax(axis=1) + labelled
    found = {}
    for label, category in CATEGORY_OF_LABEL.items():
        rows = labels == label
        if rows.any():
            right = index[category]
            found[label] = {
                "photos": int(rows.sum()),
                "top1": float((best[rows] == right).mean()),
                "top1_further": float((best_distilled[rows] == right).mean()),
            }
    return found


def distilled_interests(
    probabilities: Mapping[str, Sequence[Floats]],
) -> dict[str, float]:
    """Mean number of distilled categories predicted for a user, by scenario.

    Args:
        probabilities: Probabilities of the distilled categories by scenario, each
            (users, distilled) of some users.
    """
    return {
        scenario: float((np.concatenate(parts) > 0.5).sum(axis=1).mean())
        for scenario, parts in probabilities.items()
    }
