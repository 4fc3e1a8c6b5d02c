"""How often detectors are right on everyday photos, by the set a photo is from."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import asdict
from typing import Any

import numpy as np

from training.experiments.analyzers.detections import EverydayPhoto
from training.metrics.bootstrap import Bootstrap, Interval

SETS_WITHOUT_PEOPLE = {"food101", "ffml", "houses", "intel", "receipts", "weather"}
LABELS_WITHOUT_PEOPLE = {"flower", "dinosaur"}
THINGS = ("dog", "cat", "bus", "elephant", "horse")
Value = Callable[[EverydayPhoto], float]


def without_people(photo: EverydayPhoto) -> bool:
    """Whether the set of a photo is of something else; a passer-by may be on it."""
    return bool(
        photo.source in SETS_WITHOUT_PEOPLE or photo.labels & LABELS_WITHOUT_PEOPLE
    )


def shows_people(photo: EverydayPhoto) -> bool:
    """Whether a photo is labelled as one of people."""
    return bool(photo.labels & {"people", "portrait"})


def measure(
    photos: list[EverydayPhoto], object_score: float, face_score: float
) -> dict[str, Any]:
    """Measure objects, people and faces.

    Args:
        photos: Photos with their detections.
        object_score: Threshold of objects.
        face_score: Threshold of faces.

    Returns:
        For each thing `found` (share of the photos that show it) and `false` (share of
        the others, for faces their number a photo), with intervals and by set.
    """

    def has(name: str) -> Value:
        return lambda photo: any(
            label == name and score >= object_score for label, score in photo.objects
        )

    def faces(photo: EverydayPhoto) -> float:
        return sum(score >= face_score for score, _ in photo.faces)

    def people(photo: EverydayPhoto) -> float:
        return has("person")(photo) or faces(photo) > 0

    results = {
        name: {
            "found": rate((p for p in photos if name in p.labels), has(name)),
            "false": rate((p for p in photos if name not in p.labels), has(name)),
        }
        for name in THINGS
    }
    empty = [photo for photo in photos if without_people(photo)]
    shown = [photo for photo in photos if shows_people(photo)]
    results["person"] = {
        "found": rate(shown, has("person")),
        "false": rate(empty, has("person")),
    }
    results["people"] = {"found": rate(shown, people), "false": rate(empty, people)}
    portraits = [photo for photo in photos if "portrait" in photo.labels]
    results["faces"] = {
        "found": rate(portraits, lambda photo: faces(photo) > 0),
        "false": rate(empty, faces),
    }
    return results


def rate(photos: Iterable[EverydayPhoto], value: Value) -> dict[str, Any]:
    """Average a number over photos: the mean, its interval, and the mean of each set.

    Args:
        photos: Photos.
        value: What is averaged.
    """
    chosen = list(photos)
    values = np.array([float(value(photo)) for photo in chosen])
    sources = np.array([photo.source for photo in chosen])
    by_source = {
        str(source): {
            "value": float(values[sources == source].mean()),
            "photos": int((sources == source).sum()),
        }
        for source in sorted(set(sources))
    }
    return {
        "photos": len(chosen),
        **asdict(Bootstrap(len(chosen)).mean(values)),
        "across_sets": asdict(_across_sets(values, sources)),
        "by_set": by_source,
    }


def _across_sets(values: np.ndarray, sources: np.ndarray) -> Interval:
    """Bound the mean by drawing whole sets: what photos of another set may give."""
    groups: dict[str, list[float]] = defaultdict(list)
    for value, source in zip(values, sources, strict=True):
        groups[str(source)].append(value)
    sums = np.array([[sum(group), len(group)] for group in groups.values()])
    return Bootstrap(len(sums)).interval(sums, lambda rows: rows[:, 0] / rows[:, 1])
