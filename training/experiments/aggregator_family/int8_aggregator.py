"""What int8 weights of a bundle's aggregator cost its answers."""

from pathlib import Path
from typing import Any

from photo_interests.bundle.card import CardError, load_card
from photo_interests.models.interest_model import InterestModel
from training.features.feature_set import FeatureSet
from training.metrics.evaluate import map_difference, measure, predict_scenarios
from training.metrics.predictor import model_predictor
from training.simulation.user_sets import UserSets

METRICS = ("map", "micro_f1", "macro_f1", "false_interests", "calibration_error")


def compare_int8(
    bundle: Path, feature_set: FeatureSet, user_sets: UserSets
) -> dict[str, Any]:
    """Ask both aggregators of a bundle about the same test users.

    Args:
        bundle: With an int8 aggregator.
        feature_set: By its extractor.
        user_sets: Of its photos.

    Returns:
        Ready for JSON: `bundle`, `scenarios` (scenario -> metric -> `int8`, `float` ->
        value, low, high) and `map_differences` (scenario -> value, low, high; int8 less
        float).

    Raises:
        CardError: The bundle has no int8 aggregator.
        ValueError: The features are not from its extractor.
    """
    card = load_card(bundle)
    section = card.aggregator
    if section.int8_file is None:
        raise CardError(
            f"{bundle}: expected an int8 aggregator, received a card of none"
        )
    feature_set.check_extractor(bundle / card.extractor.file)
    answers = {}
    for name, file in (("int8", section.int8_file), ("float", section.file)):
        model = InterestModel(bundle, card, file)
        predictor = model_predictor(model)
        answers[name] = predict_scenarios(predictor, user_sets, feature_set, "test")
    measured = {name: measure(one) for name, one in answers.items()}
    scenarios = {
        scenario: {
            metric: {
                name: one[scenario]["metrics"][metric] for name, one in measured.items()
            }
            for metric in METRICS
            if metric in found["metrics"]
        }
        for scenario, found in measured["int8"].items()
    }
    return {
        "bundle": f"{card.name} {card.version}",
        "scenarios": scenarios,
        "map_differences": map_difference(answers["int8"], answers["float"]),
    }
