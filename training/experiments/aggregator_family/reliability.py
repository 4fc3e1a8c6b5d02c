"""How far the probabilities of released bundles can be believed."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from photo_interests.models.interest_model import InterestModel
from training.metrics.bootstrap import Bootstrap
from training.metrics.calibration import reliability
from training.metrics.evaluate import predict_scenarios
from training.metrics.predictor import model_predictor
from training.simulation.scenario_names import CONTRIBUTORS, USERS, gallery
from training.steps import load_data

SCENARIOS = (USERS, gallery(100), CONTRIBUTORS)


def measure_reliability(bundles: Sequence[Path], features: Path) -> dict[str, Any]:
    """Compare predicted and true shares of test users, by tenths of the probability.

    Args:
        bundles: Folders of bundles with one output for each category of the features.
        features: Folder with a feature set and its users for each, by its name.

    Returns:
        Ready for JSON: bundle -> scenario -> see `reliability`.

    Raises:
        ValueError: A bundle has other outputs.
    """
    found: dict[str, Any] = {}
    for bundle in bundles:
        feature_set, sets = load_data(features / bundle.name)
        model = InterestModel(bundle)
        if len(model.card.interests) != len(feature_set.categories):
            raise ValueError(
                f"{bundle}: expected {len(feature_set.categories)} outputs, one for "
                f"each category of its features, received {len(model.card.interests)}"
            )
        predictions = predict_scenarios(
            model_predictor(model), sets, feature_set, "test", SCENARIOS
        )
        found[bundle.name] = {
            scenario: reliability(truth, probabilities, Bootstrap(len(truth)))
            for scenario, (truth, probabilities) in predictions.items()
        }
    return found
