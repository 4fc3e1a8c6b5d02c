"""Ways in which scenes can be evidence of interests, beside what kinds add up to."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from training.galleries import benchmark as measuring
from training.galleries.benchmark import Benchmark, interest_fitter
from training.galleries.cross_validation import source_weights
from training.interests.calibration import FLOOR, log_odds
from training.interests.scene_evidence import SceneEvidence, load_scene_evidence

ADDED = 0.01
VARIANTS: dict[str, Callable[[SceneEvidence, np.ndarray], np.ndarray]] = {
    "none": lambda evidence, features: np.zeros_like(evidence(features)),
    "likeliest scene": lambda evidence, features: _likeliest(evidence, features),
    "sum (chosen)": lambda evidence, features: evidence(features),
    "log-odds of the sum": lambda evidence, features: (
        log_odds(evidence(features)) * evidence.weights.any(axis=0)
    ),
    "logarithm of .01 + the sum": lambda evidence, features: np.log1p(
        evidence(features) / ADDED
    ),
}
"""Evidence of stored features `(photos, D)` as `(photos, interests)`."""


def compare_scenes(benchmark: Benchmark, rolled: np.ndarray) -> dict[str, Any]:
    """Calibrate and read out again with each way, across sources.

    Args:
        benchmark: Galleries of photos with stored features.
        rolled: Interests on each photo before calibration, `(photos, interests)`.

    Returns:
        By way: `cross_entropy` of a photo by calibrations of other sources, which the
        way is chosen by, `scene_slope`, and by size of gallery what is shown.
    """
    scenes = load_scene_evidence(benchmark.interests)
    results: dict[str, Any] = {}
    for name, variant in VARIANTS.items():
        evidence = variant(scenes, benchmark.photos.features)
        other = replace(benchmark, scenes=evidence)
        fitter, calibration = interest_fitter(other, rolled)
        results[name] = {
            "cross_entropy": _cross_entropy(benchmark, fitter.probabilities),
            "scene_slope": calibration.scene_slope,
        }
        for size, galleries in benchmark.galleries.items():
            claims, truth = fitter.read_out(galleries), benchmark.truth.interests
            results[name][size] = measuring.measure(benchmark, claims, size, truth)
    return results


def _likeliest(evidence: SceneEvidence, features: np.ndarray) -> np.ndarray:
    chances = evidence.head.probabilities(features)
    return np.stack(
        [(chances * named).max(axis=1) for named in evidence.weights.T], axis=1
    )


def _cross_entropy(benchmark: Benchmark, calibrated: np.ndarray) -> float:
    """Sum over the interests that can be shown, mean over photos, each source alike."""
    truth = benchmark.truth
    known = (truth.named | ~truth.interests) & benchmark.fitted
    right = np.where(truth.interests, calibrated, 1 - calibrated)
    weights = source_weights(benchmark.photos.sources)
    losses = -(known * np.log(right + FLOOR)).sum(axis=1)
    return float((losses * weights).sum() / weights.sum())
