"""Scores the claims of any system on the same galleries."""

import math
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from training.galleries.config import HERE as HERE
from training.galleries.config import MAX_FALSE
from training.galleries.cross_validation import (
    Fitter,
    calibrate_across_sources,
)
from training.galleries.galleries import Gallery, draw_galleries
from training.galleries.metrics import (
    Claims,
    reliability,
    score,
    strong_recall,
)
from training.galleries.photos import EverydayPhotos
from training.galleries.truth import (
    Truth,
    load_label_interests,
    photo_truth,
)
from training.interests.calibration import PhotoCalibration
from training.interests.scene_evidence import SceneEvidence
from training.vocabulary.interests import Interests


def fitted_interests(interests: Interests) -> np.ndarray:
    """Say which interests are shown unasked and have kinds: bool `(interests,)`."""
    return interests.always & interests.weights.any(axis=0)


@dataclass(frozen=True, eq=False)
class Benchmark:
    """Photos, what they support, and the galleries of them.

    Attributes:
        photos: All photos.
        interests: The taxonomy.
        truth: What the photos support.
        galleries: By size, `small` and `large`.
        scenes: What scenes say of each photo, float `(photos, interests)`; 0 where
            they are no evidence.
    """

    photos: EverydayPhotos
    interests: Interests
    truth: Truth
    galleries: dict[str, list[Gallery]]
    scenes: np.ndarray

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids of the interests."""
        return tuple(one.id for one in self.interests.interests)

    @property
    def fitted(self) -> np.ndarray:
        """Interests that are shown and have kinds: bool `(interests,)`."""
        return fitted_interests(self.interests)


def make_benchmark(
    photos: EverydayPhotos,
    interests: Interests,
    draws: int,
    large_draws: int,
    evidence: SceneEvidence | None = None,
) -> Benchmark:
    """Draw the galleries and look up what is right.

    Args:
        photos: The galleries' photos.
        interests: The taxonomy.
        draws: Small galleries of each type of owner.
        large_draws: Large galleries of each type of owner.
        evidence: What scenes say, by the photos' features; None where only kinds count.
    """
    truth = photo_truth(photos, interests, load_label_interests(interests))
    galleries = {
        "small": draw_galleries(photos, draws),
        "large": draw_galleries(photos, large_draws, large=True),
    }
    scenes = np.zeros(truth.interests.shape, np.float32)
    if evidence is not None:
        scenes = evidence(photos.features)
    return Benchmark(photos, interests, truth, galleries, scenes)


def interest_fitter(
    benchmark: Benchmark, rolled: np.ndarray, max_false: float = MAX_FALSE
) -> tuple[Fitter, PhotoCalibration]:
    """Calibrate interests on photos across sources, and make ready to read out.

    Args:
        benchmark: Of these photos.
        rolled: Interests on each photo, float `(photos, interests)`, by heads that
            learned from other sources.
        max_false: See `Fitter`.
    """
    truth = benchmark.truth
    # A label may support more than it names (a dish may be baked): not known.
    known = truth.named | ~truth.interests
    calibrated, calibration = calibrate_across_sources(
        rolled.astype(float),
        truth.interests,
        known,
        benchmark.photos.sources,
        benchmark.scenes,
    )
    calibrated = calibrated * benchmark.fitted
    fitter = Fitter(
        benchmark.photos,
        calibrated,
        truth.interests,
        benchmark.fitted,
        max_false=max_false,
    )
    return fitter, calibration


def measure(
    benchmark: Benchmark, claims: Claims, size: str, support: np.ndarray
) -> dict[str, Any]:
    """Score claims of interests or kinds on the galleries of a size."""
    galleries = benchmark.galleries[size]
    result: dict[str, Any] = {
        name: asdict(one) for name, one in score(claims, support, galleries).items()
    }
    if support is benchmark.truth.interests:
        result["strong"] = strong_recall(
            claims, benchmark.truth.named, galleries, benchmark.ids
        )
        result["reliability"] = reliability(claims, support, galleries).tolist()
    return result


def false_and_missed(
    benchmark: Benchmark, claims: Claims, size: str, strong: float
) -> dict[str, dict[str, int]]:
    """Count the galleries with each false and each missed strong interest."""
    false = np.zeros(len(benchmark.ids), int)
    missed = np.zeros(len(benchmark.ids), int)
    for shown, one in zip(claims.shown, benchmark.galleries[size], strict=True):
        support = benchmark.truth.interests[one.rows].any(axis=0)
        false += shown & ~support
        missed += ~shown & (benchmark.truth.named[one.rows].mean(axis=0) >= strong)
    return {
        "false_by_interest": _largest(benchmark.ids, false),
        "missed_by_interest": _largest(benchmark.ids, missed),
    }


def per_photo(benchmark: Benchmark, calibrated: np.ndarray) -> dict[str, float]:
    """Precision of claims at .5 on single photos, and photos that have a right one."""
    claimed = (calibrated >= 0.5) & benchmark.fitted
    right = claimed & benchmark.truth.interests
    return {
        "claims": float(claimed.sum() / len(claimed)),
        "precision": float(right.sum() / max(claimed.sum(), 1)),
        "photos_with_a_right_claim": float(right.any(axis=1).mean()),
    }


def without_nan(value: Any) -> Any:
    """Give null for the mean of nothing: JSON has no NaN."""
    if isinstance(value, dict):
        return {key: without_nan(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [without_nan(inner) for inner in value]
    return None if isinstance(value, float) and math.isnan(value) else value


def _largest(ids: tuple[str, ...], counts: np.ndarray) -> dict[str, int]:
    order = np.argsort(-counts, kind="stable")[:12]
    return {ids[i]: int(counts[i]) for i in order if counts[i]}
