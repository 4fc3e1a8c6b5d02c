"""Whether rows of analyzers make the interests of everyday galleries better.

A label of an analyzer is evidence of the interest it names (`label_interests.csv`,
written from the names alone). On each photo it is stacked with what the photo
classifier sees of that interest (Wolpert, Stacked generalization, 1992): logistic
regression with the same slopes for all interests, none negative, fitted on the photos
of all other sets. Evidence that does not help gets a slope near 0. Then calibration and
read-out are fitted again, across sets.
"""

from collections.abc import Callable, Mapping
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from scipy.special import expit

from training.csv_rows import read_csv_rows
from training.experiments.analyzers.detections import EverydayPhoto
from training.galleries.benchmark import Benchmark, interest_fitter, measure
from training.interests.calibration import log_odds
from training.interests.repetition import fit_logistic
from training.scenes.head_file import SCENES, load_head

LABEL_INTERESTS = Path(__file__).with_name("label_interests.csv")
MEASURES = ("shown", "precision", "false", "fits_nameable", "ece")
NONE = "none"


def label_interests(analyzer: str) -> dict[str, str]:
    """Return the interest that each label of an analyzer names.

    Args:
        analyzer: "objects", "scene" or "faces".
    """
    if analyzer == "scene":
        rows = read_csv_rows(SCENES)
        return {row["id"]: row["interest"] for row in rows if row["interest"]}
    return {
        row["label"]: row["interest"]
        for row in read_csv_rows(LABEL_INTERESTS)
        if row["analyzer"] == analyzer
    }


def strongest(
    scores: np.ndarray, labels: list[str], analyzer: str, index: Mapping[str, int]
) -> np.ndarray:
    """Give each interest the largest score of the labels that name it.

    Args:
        scores: float `(photos, labels)`.
        labels: Ids of the labels.
        analyzer: Whose labels they are.
        index: Number of each interest, by its id.

    Returns:
        float `(photos, interests)`.
    """
    evidence = np.zeros((len(scores), len(index)), np.float32)
    for label, interest in label_interests(analyzer).items():
        column = evidence[:, index[interest]]
        np.maximum(column, scores[:, labels.index(label)], out=column)
    return evidence


def detected(
    photos: list[EverydayPhoto],
    thresholds: Mapping[str, float],
    index: Mapping[str, int],
) -> dict[str, np.ndarray]:
    """Return the evidence of objects and faces, each `(photos, interests)`.

    Args:
        photos: Photos with their detections.
        thresholds: Score of `objects` and of `faces` below which nothing is found.
        index: Number of each interest, by its id.
    """
    labels = list(label_interests("objects"))
    objects = np.zeros((len(photos), len(labels)), np.float32)
    faces = np.zeros((len(photos), 1), np.float32)
    for row, photo in enumerate(photos):
        for name, score in photo.objects:
            if score >= thresholds["objects"] and name in labels:
                column = labels.index(name)
                objects[row, column] = max(objects[row, column], score)
        faces[row] = max(
            (score for score, _ in photo.faces if score >= thresholds["faces"]),
            default=0,
        )
    return {
        "objects": strongest(objects, labels, "objects", index),
        "faces": strongest(faces, ["face"], "faces", index),
    }


def scenes(features: np.ndarray, index: Mapping[str, int]) -> np.ndarray:
    """Return the evidence of scenes on stored features, `(photos, interests)`."""
    head, _ = load_head()
    labels = [row["id"] for row in read_csv_rows(SCENES)]
    return strongest(head.probabilities(features), labels, "scene", index)


def ablate(
    benchmark: Benchmark,
    rolled: np.ndarray,
    evidence: Mapping[str, np.ndarray],
    report: Callable[[str, dict[str, Any]], None],
) -> dict[str, Any]:
    """Measure interests without analyzers, with each, with any two, and with all.

    Args:
        benchmark: Galleries of everyday photos.
        rolled: Interests on each photo before calibration, `(photos, interests)`, by
            heads that learned from other sources.
        evidence: Of each analyzer, of the same shape.
        report: Called with the name and the measures of each.

    Returns:
        Measures of the small galleries by the analyzers that took part.
    """
    sizes = sorted({0, 1, 2, len(evidence)})
    results = {}
    for names in (names for size in sizes for names in combinations(evidence, size)):
        parts = [evidence[name] for name in names]
        fitter, _ = interest_fitter(benchmark, _stacked(benchmark, rolled, parts))
        claims = fitter.read_out(benchmark.galleries["small"])
        measured = measure(benchmark, claims, "small", benchmark.truth.interests)
        key = " + ".join(names) or NONE
        results[key] = {name: measured[name] for name in (*MEASURES, "strong")}
        report(key, results[key])
    return results


def _stacked(
    benchmark: Benchmark, rolled: np.ndarray, evidence: list[np.ndarray]
) -> np.ndarray:
    """Join evidence by slopes that were fitted without the set of each photo."""
    truth, sources = benchmark.truth, benchmark.photos.sources
    known = (truth.named | ~truth.interests) & benchmark.fitted
    inputs = np.stack([log_odds(rolled.astype(float)), *evidence], axis=-1)
    joined = np.zeros(rolled.shape)
    for source in np.unique(sources):
        mine = sources == source
        rows = known & ~mine[:, None]
        slopes, offset = fit_logistic(
            inputs[rows], truth.interests[rows], tuple(range(inputs.shape[-1]))
        )
        joined[mine] = expit(inputs[mine] @ slopes + offset)
    return joined
