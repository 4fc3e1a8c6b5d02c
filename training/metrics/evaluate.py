"""Measure one aggregator on simulated users, galleries and real people."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from training.features.feature_set import FeatureSet
from training.metrics.bootstrap import RESAMPLES, Bootstrap, Interval
from training.metrics.calibration import (
    calibration_columns,
    expected_calibration_error,
    reliability,
)
from training.metrics.interest_metrics import (
    at_k,
    average_precision,
    confusion,
    false_positives,
    macro_f1,
    micro_f1,
    ndcg,
)
from training.metrics.predictor import Predictor, predict_sets
from training.simulation.scenario_names import is_simulated, title
from training.simulation.user_sets import UserSets, labels

THRESHOLD = 0.5
KS = (5, 10, 15, 20)
CURVE_KS = tuple(range(1, 21))
READINGS = {"": None, "thresholded_": THRESHOLD}
Predictions = dict[str, tuple[np.ndarray, np.ndarray]]


def predict_scenarios(
    predictor: Predictor,
    user_sets: UserSets,
    feature_set: FeatureSet,
    split: str = "test",
    scenarios: Sequence[str] | None = None,
) -> Predictions:
    """Predict the interests of the users of several scenarios.

    Args:
        predictor: The aggregator.
        user_sets: The users.
        feature_set: The features of their photos.
        split: Which users.
        scenarios: Which scenarios; all that have the split if None.

    Returns:
        For each scenario bool truth and float32 probabilities, `(users, D)` each.
    """
    chosen = scenarios or [
        w for w, splits in user_sets.scenarios.items() if split in splits
    ]
    predictions = {}
    for scenario in chosen:
        sets = user_sets.sets(scenario, split)
        truth = labels(sets, feature_set).astype(bool)
        predictions[scenario] = (truth, predict_sets(predictor, sets, feature_set))
    return predictions


def measure(predictions: Predictions, seed: int = 0) -> dict[str, dict[str, Any]]:
    """Make the numbers of each scenario, ready for JSON.

    Returns:
        By scenario: `title`, `simulated`, `users`, `users_without_interests`, `metrics`
        (name -> value, low, high; see `metrics_of`) and, where users have interests,
        `curves` (name -> mean at k of 1 to 20) and `reliability` (see there).
    """
    return {
        scenario: {
            "title": title(scenario),
            "simulated": is_simulated(scenario),
            "users": len(truth),
            "users_without_interests": int((~truth.any(axis=1)).sum()),
            "metrics": {
                name: asdict(interval)
                for name, interval in metrics_of(truth, probabilities, seed).items()
            },
            "curves": curves_of(truth, probabilities),
            "reliability": reliability(
                truth, probabilities, Bootstrap(len(truth), seed)
            )
            if truth.any()
            else [],
        }
        for scenario, (truth, probabilities) in predictions.items()
    }


def metrics_of(
    truth: np.ndarray,
    probabilities: np.ndarray,
    seed: int = 0,
    resamples: int = RESAMPLES,
) -> dict[str, Interval]:
    """Bound every metric over users; with one resample, for the values alone.

    Users without true interests count in false_interests, any_false_interest,
    calibration_error and F1 over decisions, and not in the ranking metrics.
    Where no user has an interest, only false positives are measured.

    Returns:
        false_interests (a user), any_false_interest (share of users),
        calibration_error, micro_f1, macro_f1, map, and for k of 5, 10, 15, 20 ndcg@k,
        precision@k, recall@k, f1@k and the same with `thresholded_` before it.
    """
    bootstrap = Bootstrap(len(truth), seed, resamples)
    false = false_positives(truth, probabilities, THRESHOLD)
    metrics = {
        "false_interests": bootstrap.mean(false.astype(float)),
        "any_false_interest": bootstrap.mean((false > 0).astype(float)),
    }
    if not truth.any():
        return metrics
    metrics["calibration_error"] = bootstrap.interval(
        calibration_columns(truth, probabilities), expected_calibration_error
    )
    decisions = confusion(truth, probabilities, THRESHOLD).reshape(len(truth), -1)
    metrics["micro_f1"] = bootstrap.interval(decisions, micro_f1)
    metrics["macro_f1"] = bootstrap.interval(decisions, macro_f1)
    metrics["map"] = bootstrap.mean(average_precision(truth, probabilities))
    for k in _ks(KS, truth):
        metrics[f"ndcg@{k}"] = bootstrap.mean(ndcg(truth, probabilities, k))
        for prefix, threshold in READINGS.items():
            for name, values in (
                at_k(truth, probabilities, k, threshold)._asdict().items()
            ):
                metrics[f"{prefix}{name}@{k}"] = bootstrap.mean(values)
    return metrics


def curves_of(truth: np.ndarray, probabilities: np.ndarray) -> dict[str, list[float]]:
    """Mean precision, recall and F1 at k of 1 to 20, in both readings."""
    curves: dict[str, list[float]] = {}
    if not truth.any():
        return curves
    for prefix, threshold in READINGS.items():
        for k in _ks(CURVE_KS, truth):
            for name, values in (
                at_k(truth, probabilities, k, threshold)._asdict().items()
            ):
                curves.setdefault(prefix + name, []).append(float(np.nanmean(values)))
    return curves


def map_difference(
    first: Predictions, second: Predictions, seed: int = 0
) -> dict[str, Any]:
    """Compare two aggregators on the same users by scenario: MAP(first) - MAP(second).

    Returns:
        By scenario `value`, `low`, `high` and `p` (see `Bootstrap.p_value`).

    Raises:
        ValueError: They answered for other users.
    """
    differences = {}
    for scenario in first.keys() & second.keys():
        (truth, one), (other_truth, other) = first[scenario], second[scenario]
        if not np.array_equal(truth, other_truth):
            raise ValueError(
                f"{scenario}: expected predictions for the same users, received "
                "different true interests"
            )
        if truth.any():
            bootstrap = Bootstrap(len(truth), seed)
            paired = average_precision(truth, one) - average_precision(truth, other)
            differences[scenario] = asdict(bootstrap.mean(paired)) | {
                "p": bootstrap.p_value(paired)
            }
    return dict(sorted(differences.items()))


def _ks(ks: Sequence[int], truth: np.ndarray) -> list[int]:
    return [k for k in ks if k <= truth.shape[1]]
