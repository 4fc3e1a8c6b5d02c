"""Calibration and read-out of the released bundle, across sources."""

from training.galleries.benchmark import Benchmark, interest_fitter
from training.galleries.cross_validation import Fitter
from training.interests.scene_evidence import load_scene_evidence
from training.interests.steps import load_answers


def released_fitter(benchmark: Benchmark) -> Fitter:
    """Calibrate the committed answers on all photos, each by those of other sources.

    Args:
        benchmark: Galleries of the committed photos.
    """
    scenes = load_scene_evidence(benchmark.interests)(benchmark.photos.features)
    return interest_fitter(benchmark, load_answers()[0], scenes=scenes)[0]
