"""Comparison of several aggregators on the same users."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from training.features.feature_set import FeatureSet
from training.metrics.bootstrap import holm
from training.metrics.evaluate import map_difference, measure, predict_scenarios
from training.metrics.predictor import Predictor
from training.simulation.user_sets import UserSets


class ComparedModel(NamedTuple):
    """An aggregator to compare.

    Attributes:
        predictor: Predicts interests.
        parameters: Trained numbers in it.
    """

    predictor: Predictor
    parameters: int


def compare(
    models: Mapping[str, ComparedModel],
    user_sets: UserSets,
    feature_set: FeatureSet,
    split: str = "test",
    seed: int = 0,
) -> dict[str, Any]:
    """Measure aggregators and their differences in MAP to the first of them.

    Args:
        models: By name; the first is what the others are compared with.
        user_sets: Users.
        feature_set: Features of their photos.
        split: Which users.
        seed: Of the bootstrap.

    Returns:
        Ready for JSON: `split`, `reference`, `aggregators` (name -> `parameters`,
        `scenarios`; see `measure`) and `map_differences` (name -> scenario -> value,
        low, high, p and holm: p adjusted over all the others in that scenario).

    Raises:
        ValueError: There is nothing to compare.
    """
    if not models:
        raise ValueError("models: expected at least one, received none")
    answers = {
        name: predict_scenarios(one.predictor, user_sets, feature_set, split)
        for name, one in models.items()
    }
    reference, *others = models
    return {
        "split": split,
        "reference": reference,
        "aggregators": {
            name: {
                "parameters": models[name].parameters,
                "scenarios": measure(answers[name], seed),
            }
            for name in models
        },
        "map_differences": _adjusted(
            {
                name: map_difference(answers[name], answers[reference], seed)
                for name in others
            }
        ),
    }


def _adjusted(differences: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Add `holm` to each, over the names of one scenario."""
    for scenario in {one for each in differences.values() for one in each}:
        family = {
            name: each[scenario]["p"]
            for name, each in differences.items()
            if scenario in each
        }
        for name, value in holm(family).items():
            differences[name][scenario]["holm"] = value
    return differences
