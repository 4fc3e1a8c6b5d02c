"""By what share one model is above another, paired over the same users."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import combinations
from typing import Any

import numpy as np

from training.metrics.bootstrap import Bootstrap, holm, ratio
from training.metrics.evaluate import KS, READINGS
from training.metrics.interest_metrics import at_k, average_precision

RESAMPLES = 10_000
"""More than intervals need: the least p, 2 of these, is multiplied by the pairs."""
UserValues = dict[str, np.ndarray]


def user_values(truth: np.ndarray, probabilities: np.ndarray) -> UserValues:
    """Measure each user.

    Args:
        truth: bool `(users, D)`.
        probabilities: float `(users, D)`.

    Returns:
        By metric float `(users,)`: `map`, and for k of 5, 10, 15 and 20 `f1@k` (hits
        over k) and `thresholded_f1@k` (interests above .5 among the first k). NaN for
        users without interests.
    """
    values = {"map": average_precision(truth, probabilities)}
    for prefix, threshold in READINGS.items():
        for k in (k for k in KS if k <= truth.shape[1]):
            values[f"{prefix}f1@{k}"] = at_k(truth, probabilities, k, threshold).f1
    return values


def mean_over_seeds(trainings: Sequence[UserValues]) -> UserValues:
    """Average what several trainings of a model reach for each user."""
    return {
        name: np.mean([one[name] for one in trainings], axis=0) for name in trainings[0]
    }


def paired_gains(values: Mapping[str, UserValues], seed: int = 0) -> dict[str, Any]:
    """Compare each model with each one before it.

    Args:
        values: By model, its values for the same users in the same order.
        seed: Of the bootstrap.

    Returns:
        Ready for JSON: `LATER over EARLIER` -> metric -> `value`, `low`, `high` (the
        share by which the mean is above, and its interval; None where the earlier
        model has 0 for every user), `difference` of the means,
        `p` of a difference of 0 and `holm`, that p adjusted over all pairs.

    Raises:
        ValueError: The models have values for other users.
    """
    if len(values) < 2:
        return {}
    gains: dict[str, dict[str, Any]] = {}
    users = {len(one) for of_model in values.values() for one in of_model.values()}
    if len(users) > 1:
        raise ValueError(
            f"values: expected the same users, received numbers of {sorted(users)}"
        )
    bootstrap = Bootstrap(users.pop(), seed, RESAMPLES)
    for (earlier, below), (later, above) in combinations(values.items(), 2):
        gains[f"{later} over {earlier}"] = {
            metric: _gain(above[metric], below[metric], bootstrap) for metric in below
        }
    for metric in next(iter(values.values()), {}):
        p_values = {pair: one[metric]["p"] for pair, one in gains.items()}
        for pair, adjusted in holm(p_values).items():
            gains[pair][metric]["holm"] = adjusted
    return gains


def _gain(
    above: np.ndarray, below: np.ndarray, bootstrap: Bootstrap
) -> dict[str, float | None]:
    difference = above - below
    known = ~np.isnan(difference)
    columns = np.where(known, np.stack([difference, below]), 0.0).T
    share: dict[str, float | None] = asdict(bootstrap.interval(columns, ratio))
    if not columns[:, 1].any():
        share = dict.fromkeys(share)
    return share | {
        "difference": float(difference[known].mean()),
        "p": bootstrap.p_value(difference),
    }
