"""Galleries of the committed photos, with the evidence and answers of a bundle."""

from training.galleries.benchmark import Benchmark, interest_fitter, make_benchmark
from training.galleries.cross_validation import Fitter
from training.galleries.photos import load_everyday_photos
from training.interests.bases import MOBILENET, Base
from training.interests.scene_evidence import load_scene_evidence
from training.interests.steps import load_answers
from training.vocabulary.interests import load_interests


def released_benchmark(
    draws: int, large_draws: int, base: Base = MOBILENET
) -> Benchmark:
    """Draw galleries, with the features and the scenes that a bundle is built on.

    Args:
        draws: Small galleries of each type of owner.
        large_draws: Large galleries of each type of owner.
        base: Whose features and classifier of scenes.
    """
    interests = load_interests()
    return make_benchmark(
        load_everyday_photos(base.photos),
        interests,
        draws,
        large_draws,
        load_scene_evidence(interests, head=base.scenes),
    )


def released_fitter(benchmark: Benchmark) -> Fitter:
    """Calibrate the committed answers on all photos, each by those of other sources.

    Args:
        benchmark: Of the released bundle.
    """
    return interest_fitter(benchmark, load_answers()[0])[0]
