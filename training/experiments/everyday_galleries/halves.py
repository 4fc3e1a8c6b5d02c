"""The harder check: fitted on one half of the photo sets, measured on the other."""

from dataclasses import replace
from typing import Any

import numpy as np

from training.galleries import benchmark as measuring
from training.galleries.benchmark import Benchmark
from training.galleries.config import DRAWS, STRONG
from training.galleries.cross_validation import PENALTY, Fitter, source_weights
from training.galleries.galleries import Gallery, draw_galleries
from training.galleries.metrics import Claims
from training.interests.calibration import fit_photo_calibration

HALF = ("flickr8k", "ffml", "receipts", "faces", "corel", "houses", "memes")
FIT_SEED, DRAW_SEED = 5, 77


def measure_halves(
    benchmark: Benchmark, rolled: np.ndarray, draws: int = DRAWS
) -> dict[str, Any]:
    """Fit calibration and read-out on each half alone, and measure on the other.

    Args:
        benchmark: Of all photos.
        rolled: Interests on each photo, not calibrated, float `(photos, interests)`.
        draws: Galleries of each type of owner.

    Returns:
        By the half that was measured on: see `benchmark.measure`.
    """
    first = np.isin(benchmark.photos.sources, HALF)
    halves = {"first half": first, "second half": ~first}
    return {
        name: _measure(benchmark, rolled.astype(float), tested, draws)
        for name, tested in halves.items()
    }


def _measure(
    benchmark: Benchmark,
    rolled: np.ndarray,
    tested: np.ndarray,
    draws: int,
) -> dict[str, Any]:
    photos, truth, fit = benchmark.photos, benchmark.truth, ~tested
    known = truth.named | ~truth.interests
    weights = source_weights(photos.sources)
    calibration = fit_photo_calibration(
        rolled[fit],
        truth.interests[fit],
        weights[fit],
        PENALTY,
        known[fit],
        benchmark.scenes[fit],
    )
    calibrated = calibration(rolled, benchmark.scenes) * benchmark.fitted
    fitter = Fitter(photos, calibrated, truth.interests, benchmark.fitted)
    readout = fitter.fit(fit, FIT_SEED)
    index = np.flatnonzero(tested)
    drawn = draw_galleries(photos.rows(index), draws, seed=DRAW_SEED)
    galleries = [Gallery(one.owner, index[one.rows]) for one in drawn]
    said = np.stack(
        [readout.of_evidence(fitter.read(calibrated[one.rows])) for one in galleries]
    )
    claims = Claims(said * benchmark.fitted, (said >= readout.threshold))
    claims = claims._replace(shown=claims.shown & benchmark.fitted)
    other = replace(benchmark, galleries={"small": galleries})
    return {
        **measuring.measure(other, claims, "small", truth.interests),
        **measuring.false_and_missed(other, claims, "small", STRONG),
        "galleries": len(galleries),
        "threshold": readout.threshold,
    }
