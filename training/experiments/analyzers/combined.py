"""Whether detector and classifier together find more animals and fewer false people."""

from typing import Any

import numpy as np

from training.experiments.analyzers.accuracy import shows_people, without_people
from training.experiments.analyzers.detections import EverydayPhoto
from training.experiments.analyzers.photo_labels import PhotoLabels

ANIMALS = {"dog": "dogs", "cat": "cats"}
STEPS = (0.05, 0.1, 0.2, 0.3, 0.5)
ALLOWED_FALSE = 0.02
"""On the other sets: what lets at most .03 through on a new one."""
ALIKE = ("dog", "cat", "cow", "bear", "bird", "horse", "sheep")
"""Animals that the detector takes for each other."""
WEAK = (
    (0.3, 0.1, 0.15),
    (0.25, 0.1, 0.15),
    (0.2, 0.1, 0.15),
    (0.25, 0.05, 0.15),
    (0.2, 0.05, 0.15),
)
"""Probability by the classifier alone, or with a box of any such animal of a score."""
CHOICES = np.linspace(0.02, 0.6, 59)
SURE = np.linspace(0.1, 0.5, 9)
FAINT = (0.02, 0.05, 0.1, 0.15, 0.2)
BOXES = (0.1, 0.15, 0.2, 0.3)
PERSON_SCORES = (0.4, 0.5, 0.6, 0.7)
PEOPLE_STEPS = (0.0, 0.01, 0.03, 0.1)
SURE_PERSON = 0.75


def measure(
    labels: PhotoLabels,
    detections: list[EverydayPhoto],
    object_score: float,
    face_score: float,
) -> dict[str, Any]:
    """Measure rules of both on the everyday photos.

    Args:
        labels: What the classifier sees on each photo.
        detections: What the detectors found.
        object_score: Threshold of objects.
        face_score: Threshold of faces.

    Returns:
        For each animal the shares found and false by the threshold of the classifier,
        and with it chosen on the other sets; for people by both thresholds.
    """
    result: dict[str, Any] = {}
    sources = labels.photos.sources
    for animal, interest in ANIMALS.items():
        shown = labels.photos.has(animal)
        found = labels.of("objects", animal) >= object_score
        likely = labels.of("interest", interest)
        seen = np.max([labels.of("objects", one) for one in ALIKE], axis=0)
        result[animal] = {
            "detector": _rates(found, shown, ~shown),
            "either": {
                str(step): _rates(found | (likely >= step), shown, ~shown)
                for step in STEPS
            },
            "either, or both weakly": {
                f"{sure}, or {weak} and {box}": _rates(
                    _weakly(found, likely, seen, sure, weak, box), shown, ~shown
                )
                for sure, weak, box in WEAK
            },
            "either, threshold of the other sets": _rates(
                _cross_validated(
                    [found | (likely >= step) for step in CHOICES], shown, sources
                ),
                shown,
                ~shown,
            ),
            "either, or both weakly, thresholds of the other sets": _rates(
                _cross_validated(
                    [
                        _weakly(found, likely, seen, sure, weak, box)
                        for sure in SURE
                        for weak in FAINT
                        for box in BOXES
                        if weak <= sure
                    ],
                    shown,
                    sources,
                ),
                shown,
                ~shown,
            ),
        }
    person = labels.of("objects", "person")
    face = np.array(
        [any(score >= face_score for score, _ in one.faces) for one in detections]
    )
    of_people = np.maximum(
        labels.of("interest", "people"),
        labels.of("kind", "everyday.people") + labels.of("kind", "everyday.portrait"),
    )
    people = np.array([shows_people(one) for one in detections])
    empty = np.array([without_people(one) for one in detections])
    result["people"] = {
        f"person {score}, classifier {step}": _rates(
            face
            | ((person >= score) & ((of_people >= step) | (person >= SURE_PERSON))),
            people,
            empty,
        )
        for score in PERSON_SCORES
        for step in PEOPLE_STEPS
    }
    return result


def _cross_validated(
    rules: list[np.ndarray], shown: np.ndarray, sources: np.ndarray
) -> np.ndarray:
    """Choose the rule that finds most, of those with few false ones, on other sets.

    Where no other set shows the thing, the one that sees it most often.

    Args:
        rules: Answers of each rule, `(photos,)`.
        shown: Whether each photo shows it.
        sources: Set of each photo.
    """
    chosen = np.zeros(len(shown), bool)
    for source in set(sources):
        others, rows = sources != source, sources == source
        fitting = [
            (int(rule[others & shown].sum()), int(rule[others].sum()), index)
            for index, rule in enumerate(rules)
            if rule[others & ~shown].mean() <= ALLOWED_FALSE
        ]
        if fitting:
            chosen[rows] = rules[max(fitting)[-1]][rows]
    return chosen


def _weakly(
    found: np.ndarray,
    likely: np.ndarray,
    seen: np.ndarray,
    sure: float,
    weak: float,
    box: float,
) -> np.ndarray:
    """What the detector finds, or the classifier, or both a little."""
    return found | (likely >= sure) | ((likely >= weak) & (seen >= box))


def _rates(
    found: np.ndarray, shown: np.ndarray, others: np.ndarray
) -> dict[str, float]:
    return {"found": float(found[shown].mean()), "false": float(found[others].mean())}
