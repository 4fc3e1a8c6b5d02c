"""Released bundles on the test users of several simulation seeds."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from photo_interests.models.interest_model import InterestModel
from training.experiments.aggregator_family.other_scenarios import map_by_seed
from training.features.feature_set import FeatureSet
from training.interests.bases import OF_BUNDLES
from training.interests.parts import Parts, load_parts
from training.interests.repetition import accumulate
from training.metrics.compare import ComparedModel
from training.metrics.predictor import Predictor, model_predictor
from training.workspace import existing


def measure_bundles(
    bundles: Sequence[Path], committed: Path, extracted: Path, seeds: int
) -> dict[str, Any]:
    """Measure MAP of the labelled categories in the scenarios of seeds 1 to `seeds`.

    Args:
        bundles: Folders of bundles.
        committed: Folder of committed feature sets, by name of bundle.
        extracted: Folder of other feature sets, by name of bundle.
        seeds: Number of scenarios.

    Returns:
        Ready for JSON: see `map_by_seed`, by name of bundle.

    Raises:
        FileNotFoundError: A feature set is missing; names the command that writes it.
    """
    found: dict[str, Any] = {}
    for bundle in bundles:
        base = OF_BUNDLES.get(bundle.name)
        name = base.name if base else bundle.name
        folder = committed / name
        if not folder.exists():
            command = f"python -m training features {name} --extractor {bundle}"
            folder = existing(extracted / name, command)
        feature_set = FeatureSet.load(folder)
        predictor = _predictor(bundle, len(feature_set.categories))
        model = {bundle.name: ComparedModel(predictor, 0)}
        found |= map_by_seed(model, feature_set, range(1, seeds + 1))
    return found


def kinds_predictor(parts: Parts, categories: int) -> Predictor:
    """Predict the labelled kinds by the read-outs, as the card's MAP is measured.

    Args:
        parts: Head and read-outs.
        categories: Number of labelled kinds, which are the first.
    """

    def predict(features: np.ndarray, mask: np.ndarray) -> np.ndarray:
        answers = []
        for photos, real in zip(features, mask, strict=True):
            kinds = parts.head.kind_probabilities(photos[real])[:, :categories]
            answers.append(parts.kinds(accumulate(kinds, np.ones(len(kinds)))))
        return np.stack(answers)

    return predict


def _predictor(bundle: Path, categories: int) -> Predictor:
    if base := OF_BUNDLES.get(bundle.name):
        return kinds_predictor(load_parts(base=base), categories)
    predict = model_predictor(InterestModel(bundle))
    return lambda features, mask: predict(features, mask)[:, :categories]
