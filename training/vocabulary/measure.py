"""What the large vocabulary is worth: agreement, comparison, and a check by labels."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from training.metrics.bootstrap import Bootstrap
from training.metrics.evaluate import Predictions, map_difference, measure
from training.vocabulary.vocabulary import Vocabulary

ALL = "all"
METRICS = ("map", "micro_f1", "macro_f1", "false_interests", "calibration_error")
KINDS = {
    "barrel": "imagenet.barrel",
    "binocular": "imagenet.binoculars",
    "cannon": "imagenet.cannon",
    "revolver": "imagenet.assault_rifle",
    "stop_sign": "imagenet.street_sign",
    "tick": "imagenet.tick",
    "umbrella": "imagenet.umbrella",
}
"""Labelled kinds of no interest in the first catalogue that are interests here."""


def agreement_by_source(
    told: np.ndarray, taught: np.ndarray, sources: np.ndarray
) -> dict[str, dict[str, float]]:
    """Share of photos with the same best class, by photo set and for all.

    Args:
        told: The student's best class, int `(photos,)`.
        taught: The teacher's.
        sources: Photo set of each photo.

    Returns:
        By source `photos`, `value`, `low`, `high`.
    """
    same = (told == taught).astype(float)
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
    """Set two bundles side by side over the categories that both know.

    Returns:
        `scenarios`: scenario -> metric -> bundle (`ours`, `first`) -> value, low, high;
        `map_differences`: scenario -> value, low, high, of ours less the first's.
    """
    numbers = {"ours": measure(ours, seed), "first": measure(first, seed)}
    scenarios: dict[str, Any] = {}
    for scenario in first:
        found = {name: one[scenario]["metrics"] for name, one in numbers.items()}
        scenarios[scenario] = {
            metric: {name: one[metric] for name, one in found.items()}
            for metric in METRICS
            if metric in found["first"]
        }
    return {"worlds": scenarios, "map_differences": map_difference(ours, first, seed)}


def told_kinds(
    photo_probabilities: np.ndarray, kinds: np.ndarray, vocabulary: Vocabulary
) -> dict[str, dict[str, float]]:
    """Check further categories on labelled photos that no labelled category covers.

    Args:
        photo_probabilities: `(photos, D)`.
        kinds: Label of each photo.
        vocabulary: Names the categories.

    Returns:
        kind -> `photos`, and the shares whose likeliest category is right: `top1` of
        all D, `top1_further` of the further ones.
    """
    index, labelled = vocabulary.catalogue.index, vocabulary.labelled
    best = photo_probabilities.argmax(axis=1)
    best_further = photo_probabilities[:, labelled:].argmax(axis=1) + labelled
    found = {}
    for kind, category in KINDS.items():
        rows = kinds == kind
        if rows.any():
            found[kind] = {
                "photos": int(rows.sum()),
                "top1": float((best[rows] == index[category]).mean()),
                "top1_further": float((best_further[rows] == index[category]).mean()),
            }
    return found


def further_interests(
    answers: Mapping[str, Sequence[np.ndarray]],
) -> dict[str, float]:
    """Mean number of further interests told to a user, by scenario.

    Args:
        answers: By scenario probabilities of the further categories, `(users, further)`
            of some users each.
    """
    return {
        scenario: float((np.concatenate(parts) > 0.5).sum(axis=1).mean())
        for scenario, parts in answers.items()
    }
