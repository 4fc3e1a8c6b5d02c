"""Fits calibration and read-outs on real galleries, measured across sources."""

from collections.abc import Callable
from typing import Any

import numpy as np

from training.galleries.benchmark import (
    Benchmark,
    false_and_missed,
    interest_fitter,
    measure,
    per_photo,
)
from training.galleries.config import MAX_FALSE, STRONG
from training.galleries.cross_validation import Fitter
from training.galleries.galleries import Gallery
from training.galleries.metrics import Claims
from training.interests.config import GalleriesConfig
from training.interests.parts import plain
from training.vocabulary.interests import Interests

Values = dict[str, Any]
EVIDENCE_OF_KINDS = (1, 2)
"""Columns of the evidence without the share, which ranks simulated users worse."""


def rolled_up(kinds: np.ndarray, interests: Interests) -> np.ndarray:
    """Add kinds up to interests on each photo, not calibrated."""
    return np.minimum(kinds @ interests.weights, 1)


def fit_interests(
    benchmark: Benchmark,
    rolled: np.ndarray,
    kinds: np.ndarray,
    config: GalleriesConfig,
) -> tuple[Values, Values]:
    """Fit on all photos, and measure what was fitted without the source measured on.

    Args:
        benchmark: Galleries to measure on.
        rolled: Interests on each photo by a head that learned from other sources, not
            calibrated, float `(photos, interests)`.
        kinds: Kinds on each by the same heads, float `(photos, kinds)`.
        config: How many false ones are shown.

    Returns:
        What is fitted: `calibration`, `interests`, `kinds`; and what it reaches on
        `interests` and `kinds`: by size of gallery, see `benchmark.measure`.
    """
    fitted, measured = measure_interests(benchmark, rolled, config.max_false)
    by_kind = kind_fitter(benchmark, kinds, config.max_false_kinds)
    everything = np.ones(len(benchmark.photos.names), bool)
    fitted["kinds"] = plain(by_kind.fit(everything, seed=1))
    of_kinds = measure_all(benchmark, by_kind.read_out, benchmark.truth.kinds)
    return fitted, {"interests": measured, "kinds": of_kinds}


def kind_fitter(benchmark: Benchmark, kinds: np.ndarray, max_false: float) -> Fitter:
    """Make kinds ready to be read out across sources.

    Args:
        benchmark: Of these photos.
        kinds: Kinds on each photo, float `(photos, kinds)`.
        max_false: See `Fitter`.
    """
    return Fitter(
        benchmark.photos,
        kinds,
        benchmark.truth.kinds,
        np.ones(kinds.shape[1], bool),
        used=EVIDENCE_OF_KINDS,
        max_false=max_false,
    )


def measure_interests(
    benchmark: Benchmark, rolled: np.ndarray, max_false: float = MAX_FALSE
) -> tuple[Values, Values]:
    """Fit and measure interests alone; see `fit_interests`."""
    fitter, calibration = interest_fitter(benchmark, rolled, max_false)
    results = measure_all(benchmark, fitter.read_out, benchmark.truth.interests)
    results["photos"] = per_photo(benchmark, fitter.probabilities)
    claims = fitter.read_out(benchmark.galleries["small"])
    results["small"] |= false_and_missed(benchmark, claims, "small", STRONG)
    readout = fitter.fit(np.ones(len(benchmark.photos.names), bool), seed=1)
    return {"calibration": plain(calibration), "interests": plain(readout)}, results


def measure_all(
    benchmark: Benchmark,
    read_out: Callable[[list[Gallery]], Claims],
    support: np.ndarray,
) -> Values:
    """Measure a read-out on the galleries of every size."""
    return {
        size: measure(benchmark, read_out(galleries), size, support)
        for size, galleries in benchmark.galleries.items()
    }
