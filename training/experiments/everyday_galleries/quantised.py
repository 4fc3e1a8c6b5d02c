"""What int8 changes in the released bundle, on galleries of everyday photos."""

from pathlib import Path

import numpy as np

from export.answers import largest_difference, predict
from export.signature_runner import SignatureRunner
from photo_interests.bundle.card import load_card
from training.galleries.benchmark import Benchmark
from training.galleries.metrics import at_threshold

DRAWS = 10
"""Galleries of each type of owner."""


def compare_files(bundle: Path, benchmark: Benchmark) -> dict[str, float]:
    """Let both files of a bundle read the small galleries.

    Args:
        bundle: Folder of the bundle.
        benchmark: Galleries, each photo of which is an event.

    Returns:
        Number of `galleries`; largest change of an interest's probability, the median
        of the galleries' largest changes, and the same of kinds; number of interests
        that float32 `shown` and that int8 shows or hides in its place, `changed`.
    """
    card = load_card(bundle)
    runs = [
        SignatureRunner(bundle / name)
        for name in (card.aggregator.file, card.aggregator.run_file)
    ]
    galleries, threshold = benchmark.galleries["small"], card.thresholds.interest
    changes: dict[str, list[float]] = {"probabilities": [], "kind_probabilities": []}
    shown = changed = 0
    for one in galleries:
        features = benchmark.photos.features[one.rows]
        events = np.ones(len(features), np.float32)
        exact, answer = (predict(run, features, events) for run in runs)
        for name, found in changes.items():
            found.append(largest_difference(answer[name], exact[name]))
        before, after = (
            at_threshold(each["probabilities"], threshold).shown & benchmark.fitted
            for each in (exact, answer)
        )
        shown += int(before.sum())
        changed += int((before != after).sum())
    interests, kinds = changes.values()
    return {
        "galleries": len(galleries),
        "largest change": max(interests),
        "median of largest changes": float(np.median(interests)),
        "largest change of a kind": max(kinds),
        "shown": shown,
        "changed": changed,
    }
