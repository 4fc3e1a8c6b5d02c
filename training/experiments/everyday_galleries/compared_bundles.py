"""Bundles of interests on two extractors, compared gallery by gallery."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from training.experiments.everyday_galleries.halves import measure_halves
from training.experiments.everyday_galleries.imagenet_top5 import measure_top5
from training.experiments.everyday_galleries.paired_galleries import (
    gallery_sums,
    paired,
)
from training.experiments.everyday_galleries.released_benchmark import (
    released_benchmark,
)
from training.experiments.everyday_galleries.robustness import measure_kept
from training.features.feature_set import FeatureSet
from training.galleries.benchmark import (
    Benchmark,
    interest_fitter,
)
from training.galleries.metrics import Claims
from training.interests.bases import Base
from training.interests.config import GalleriesConfig
from training.interests.fit_interests import kind_fitter
from training.interests.parts import load_parts
from training.interests.steps import HEAD, INTERESTS, USERS, load_answers
from training.runs import Record
from training.vocabulary.vocabulary import load_vocabulary


class Answers(NamedTuple):
    """What a bundle says of every size of gallery, each claim across sources.

    Attributes:
        interests: Claims by size.
        kinds: The same of kinds.
    """

    interests: dict[str, Claims]
    kinds: dict[str, Claims]


def answers_of(base: Base, benchmark: Benchmark, config: GalleriesConfig) -> Answers:
    """Read all galleries out by the committed heads, across sources."""
    rolled, kinds = load_answers(base.fitted / HEAD / "head")
    fitter, _ = interest_fitter(benchmark, rolled, config.max_false)
    by_kind = kind_fitter(benchmark, kinds, config.max_false_kinds)
    galleries = benchmark.galleries
    return Answers(
        {size: fitter.read_out(drawn) for size, drawn in galleries.items()},
        {size: by_kind.read_out(drawn) for size, drawn in galleries.items()},
    )


def measure_bundle(base: Base, data: Path, cache: Path) -> dict[str, Any]:
    """Measure a bundle by all that everyday was measured by.

    Args:
        base: What it is built on; its steps are finished.
        data: Photo sets.
        cache: Folder for the features of altered photos.

    Returns:
        `interests` and `kinds`, see `fit_interests`; `users`, see `measure_users`;
        `halves`, `imagenet`; `kept`: share of interests after each alteration.
    """
    rolled = load_answers(base.fitted / HEAD / "head")[0]
    stored = FeatureSet.load(base.features)
    return {
        **Record.load(base.fitted / INTERESTS).values,
        "users": Record.load(base.fitted / USERS).values,
        "halves": measure_halves(released_benchmark(1, 1, base), rolled),
        "imagenet": measure_top5(load_parts(base=base).head, stored, load_vocabulary()),
        "kept": measure_kept(base, data, cache),
    }


def compare_bundles(
    first: Base, second: Base, config: GalleriesConfig | None = None
) -> dict[str, Any]:
    """Bound what the second bundle gains, on the same galleries.

    Args:
        first: What the first bundle is built on.
        second: What the second is.
        config: On which galleries; None for those of the release.

    Returns:
        By `interests` and `kinds`, by size of gallery: see `paired`.
    """
    config = config or GalleriesConfig()
    tables: dict[str, list[np.ndarray]] = {}
    for base in (first, second):
        benchmark = released_benchmark(config.draws, config.large_draws, base)
        truth = benchmark.truth
        answers = answers_of(base, benchmark, config)
        for size, galleries in benchmark.galleries.items():
            for what, claims, support, named in (
                ("interests", answers.interests[size], truth.interests, truth.named),
                ("kinds", answers.kinds[size], truth.kinds, truth.kinds),
            ):
                sums = gallery_sums(claims, support, named, galleries)
                tables.setdefault(f"{what}, {size}", []).append(sums)
    return {name: paired(*both) for name, both in tables.items()}
