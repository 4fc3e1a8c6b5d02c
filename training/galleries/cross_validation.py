"""Fits calibration and read-out across sources: what is tested was not fitted on.

A photo is calibrated by numbers fitted on the photos of all other sources. An interest
of a gallery is read out by numbers fitted on galleries without the source that most of
its evidence comes from.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import expit, logit

from training.galleries.config import MAX_FALSE, SMALL
from training.galleries.galleries import Gallery, draw_galleries
from training.galleries.metrics import Claims
from training.galleries.photos import EverydayPhotos
from training.interests.calibration import PhotoCalibration, fit_photo_calibration
from training.interests.repetition import (
    Readout,
    accumulate,
    evidence,
    fit_gain,
    fit_logistic,
)

PENALTY = 0.005
"""Of the squared biases: the best of .02, .01 and .005 by the photos' cross-entropy."""
REPEATED = 0.02
"""Share of a gallery's photos, at least two, from which on an interest is a target."""
FIT_DRAWS = 4
LARGE_FIT_DRAWS = 1
CANDIDATE = 0.3
"""From this score on a claim takes part in calibrating what is said."""


def source_weights(sources: np.ndarray) -> np.ndarray:
    """Weigh photos so that a source counts by the root of its size: `(photos,)`."""
    _, numbers, counts = np.unique(sources, return_inverse=True, return_counts=True)
    return 1 / np.sqrt(counts[numbers])


def calibrate_across_sources(
    probabilities: np.ndarray,
    truth: np.ndarray,
    known: np.ndarray,
    sources: np.ndarray,
    scenes: np.ndarray,
    penalty: float = PENALTY,
) -> tuple[np.ndarray, PhotoCalibration]:
    """Calibrate each photo by the photos of other sources.

    Args:
        probabilities: float `(photos, interests)`.
        truth: bool of the same shape.
        known: Where the truth is known, bool of the same shape.
        sources: `(photos,)`.
        scenes: Evidence of scenes, float `(photos, interests)`.
        penalty: See `fit_photo_calibration`.

    Returns:
        Calibrated probabilities, and the calibration fitted on all photos.
    """
    weights, calibrated = source_weights(sources), np.zeros_like(probabilities)

    def fit(rows: np.ndarray) -> PhotoCalibration:
        return fit_photo_calibration(
            probabilities[rows],
            truth[rows],
            weights[rows],
            penalty,
            known[rows],
            scenes[rows],
        )

    for source in np.unique(sources):
        mine = sources == source
        calibrated[mine] = fit(~mine)(probabilities[mine], scenes[mine])
    return calibrated, fit(np.ones(len(sources), bool))


def read_additively(probabilities: np.ndarray) -> np.ndarray:
    """Read a gallery by its state, each photo an event: `(claims, 3)`."""
    return evidence(accumulate(probabilities, np.ones(len(probabilities))))


def repeated(truth: np.ndarray, gallery: Gallery) -> np.ndarray:
    """Say which claims enough photos of a gallery support: bool `(claims,)`."""
    count = truth[gallery.rows].sum(axis=0)
    return count >= max(2, REPEATED * len(gallery.rows))


@dataclass(frozen=True, eq=False)
class Fitter:
    """Fits read-outs on galleries drawn from some of the photos.

    Attributes:
        photos: All photos.
        probabilities: Of them, calibrated, `(photos, claims)`.
        truth: bool `(photos, claims)`: what each supports.
        claims: Which claims are fitted on, bool `(claims,)`.
        used: Columns of the evidence that have a slope; others have 0.
        max_false: False claims of a small gallery that the threshold lets through.
        read: What is read of a gallery's `(photos, claims)`: `(claims, n)`.
    """

    photos: EverydayPhotos
    probabilities: np.ndarray
    truth: np.ndarray
    claims: np.ndarray
    used: tuple[int, ...] = (0, 1, 2)
    max_false: float = MAX_FALSE
    read: Callable[[np.ndarray], np.ndarray] = read_additively

    def fit(self, keep: np.ndarray, seed: int) -> Readout:
        """Fit on galleries of the photos to keep, bool `(photos,)`.

        First the score: does an interest come back? Then what is said: is it right,
        given the score. Both are one logistic regression in the end.
        """
        galleries, read = self._galleries(keep, seed)
        slopes, offset = self._score(galleries, read)
        scores = read @ slopes + offset
        right = np.stack([self.truth[one.rows].any(axis=0) for one in galleries])
        right = right[:, self.claims]
        candidates = expit(scores) >= CANDIDATE
        factor, shift = fit_logistic(
            scores[candidates][:, None], right[candidates], monotone=(0,)
        )
        small = np.array([len(one.rows) <= SMALL[1] for one in galleries])
        said = expit(factor[0] * scores + shift)
        threshold = threshold_for(said[small], right[small], self.max_false)
        gain = self._gain(said[~small], threshold, read[~small], right[~small])
        return Readout(factor[0] * slopes, factor[0] * offset + shift, threshold, gain)

    def _gain(
        self,
        said: np.ndarray,
        threshold: float,
        read: np.ndarray,
        right: np.ndarray,
    ) -> float:
        shown = said >= threshold
        sizes = read[..., -1][shown]
        return fit_gain(logit(said[shown]), threshold, sizes, right[shown])

    def _galleries(
        self, keep: np.ndarray, seed: int
    ) -> tuple[list[Gallery], np.ndarray]:
        index = np.flatnonzero(keep)
        some = self.photos.rows(index)
        drawn = [
            *draw_galleries(some, FIT_DRAWS, seed=seed),
            *draw_galleries(some, LARGE_FIT_DRAWS, large=True, seed=seed),
        ]
        galleries = [Gallery(one.owner, index[one.rows]) for one in drawn]
        claimed = self.probabilities[:, self.claims]
        return galleries, np.stack([self.read(claimed[one.rows]) for one in galleries])

    def _score(
        self, galleries: list[Gallery], read: np.ndarray
    ) -> tuple[np.ndarray, float]:
        target = np.stack([repeated(self.truth, one)[self.claims] for one in galleries])
        inputs = read.reshape(-1, read.shape[-1])[:, list(self.used)]
        monotone = tuple(range(len(self.used) - 1))  # the last is the size
        fitted, offset = fit_logistic(inputs, target.ravel(), monotone)
        slopes = np.zeros(read.shape[-1])
        slopes[list(self.used)] = fitted
        return slopes, offset

    @cached_property
    def sources(self) -> list[str]:
        """Names of the sources."""
        return sorted(set(self.photos.sources))

    @cached_property
    def by_source(self) -> list[Readout]:
        """A read-out without each source."""
        return [
            self.fit(self.photos.sources != source, seed=101 + number)
            for number, source in enumerate(self.sources)
        ]

    def read_out(self, galleries: list[Gallery]) -> Claims:
        """Read galleries out, each claim without the source of most of its evidence."""
        read = np.stack([self.read(self.probabilities[one.rows]) for one in galleries])
        main = np.stack([self.main_source(one) for one in galleries])
        probabilities, shown = np.zeros(main.shape), np.zeros(main.shape, bool)
        for number, fitted in enumerate(self.by_source):
            mine = main == number
            probabilities[mine] = fitted.of_evidence(read[mine])
            shown[mine] = probabilities[mine] >= fitted.threshold
        return Claims(probabilities * self.claims, shown & self.claims)

    def main_source(self, gallery: Gallery) -> np.ndarray:
        """Number of the source that most evidence of each claim is from."""
        sources = self.photos.sources[gallery.rows]
        sums = [
            self.probabilities[gallery.rows][sources == one].sum(axis=0)
            for one in self.sources
        ]
        return np.argmax(sums, axis=0)


def threshold_for(said: np.ndarray, right: np.ndarray, max_false: float) -> float:
    """Lowest probability from which on a gallery has at most so many false ones."""
    false = np.sort(said[~right])[::-1]
    allowed = int(max_false * len(said))
    if allowed >= len(false):
        return 0.5
    return float(expit(logit(false[allowed]) + 1e-6))
