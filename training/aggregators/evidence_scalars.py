"""The six scalars of photo evidence, fitted on users in seconds.

A photo is in many users' sets, and the scalars transform it alike in all of them. So
photos are transformed once, and pooling is one product with the sparse matrix of users
and photos.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import logsumexp

from training.aggregators.photo_evidence import SCALARS
from training.metrics.interest_metrics import false_positives

MAX_INVERSE_TEMPERATURE = 1.5
"""Sharper pooling than this ranks no better, and gives an interest to one photo."""
LEAST = 1e-300
MAX_SIZE_PENALTY = 5.0
STEP = 0.01
"""By which `set_size_penalty` is raised in search of few false positives."""


class LabelledSets(NamedTuple):
    """Users of one scenario.

    Attributes:
        members: How often each photo is in each set, sparse `(users, photos)`.
        truth: True interests, 0 or 1 `(users, categories)`.
        weight: Of this scenario in the loss.
    """

    members: csr_matrix
    truth: np.ndarray
    weight: float

    @classmethod
    def of(
        cls,
        sets: Sequence[np.ndarray],
        truth: np.ndarray,
        weight: float,
        photos: int,
    ) -> "LabelledSets":
        """Makes the matrix of sets of photo numbers below `photos`."""
        users = np.repeat(np.arange(len(sets)), [len(one) for one in sets])
        ones = np.ones(len(users))
        members = csr_matrix(
            (ones, (users, np.concatenate(sets))), shape=(len(sets), photos)
        )
        return cls(members, truth.astype(np.float64), weight)

    @property
    def log_photos(self) -> np.ndarray:
        """Logarithms of the numbers of photos, float `(users, 1)`."""
        return np.log(np.asarray(self.members.sum(axis=1)))


Pool = Callable[[csr_matrix, np.ndarray, float], np.ndarray]
"""From members, photos' evidence, inverse temperature to evidence `(users, D)`."""


def log_sum_exp(
    members: csr_matrix, evidence: np.ndarray, inverse_temperature: float
) -> np.ndarray:
    """Pools the evidence of each set's photos by a tempered log-sum-exp."""
    top = evidence.max(axis=0)
    summed = members @ np.exp(inverse_temperature * (evidence - top))
    return np.log(np.maximum(summed, LEAST)) / inverse_temperature + top


def fit_scalars(
    photo_logits: np.ndarray,
    photo_labels: np.ndarray,
    scenarios: Sequence[LabelledSets],
    photo_weight: float,
    fixed: Mapping[str, float] | None = None,
    pool: Pool = log_sum_exp,
) -> dict[str, float]:
    """Fits the scalars by binary cross-entropy with positive weight 1.

    Args:
        photo_logits: The classifier's logits `(photos, categories + 1)`.
        photo_labels: What is on each photo, int `(photos,)`, none last.
        scenarios: Users whose photos the classifier has not seen.
        photo_weight: Weight of the cross-entropy of single photos beside them.
        fixed: Scalars that keep a given value.
        pool: How evidence is pooled; another than the released one, to compare.

    Returns:
        The value of each of `SCALARS`.
    """
    used = np.unique(
        np.concatenate([scenario.members.indices for scenario in scenarios])
    )
    logits, labels = photo_logits[used].astype(np.float64), photo_labels[used]
    scenarios = [
        scenario._replace(members=scenario.members[:, used]) for scenario in scenarios
    ]

    def loss(point: np.ndarray) -> float:
        scalars = _scalars(point)
        log_chances = _log_chances(logits, scalars)
        evidence = _evidence(log_chances)
        logits_of = (interest_logits(one, evidence, scalars, pool) for one in scenarios)
        of_photos = -log_chances[np.arange(len(labels)), labels].mean()
        return photo_weight * of_photos + sum(
            scenario.weight * _cross_entropy(scenario, predicted)
            for scenario, predicted in zip(scenarios, logits_of, strict=True)
        )

    bounds = [
        (-2, 3), (-20, 20), (np.log(0.25), np.log(MAX_INVERSE_TEMPERATURE)), (0.1, 5),
        (-20, 20), (0, MAX_SIZE_PENALTY),
    ]  # fmt: skip
    start = _point(SCALARS | dict(fixed or {}))
    held = [name in (fixed or {}) for name in SCALARS]
    bounds = [
        (value, value) if still else bound
        for value, still, bound in zip(start.tolist(), held, bounds, strict=True)
    ]
    fitted = minimize(loss, start, method="L-BFGS-B", bounds=bounds)
    return _scalars(fitted.x)


def tune_size_penalty(
    scalars: dict[str, float],
    photo_logits: np.ndarray,
    scenarios: Sequence[LabelledSets],
    max_false_positives: float,
    fixed_photos: float,
    pool: Pool = log_sum_exp,
) -> dict[str, float]:
    """Raises the set-size penalty until each scenario has few false positives.

    Cross-entropy weighs a false positive like a missed interest, and with hundreds of
    photos trades several of one for several of the other. In a list of interests the
    false positives matter more.

    Args:
        scalars: As fitted.
        photo_logits: See `fit_scalars`.
        scenarios: Users whose false positives are counted.
        max_false_positives: Interests above .5 that are none, mean over the users of a
            scenario.
        fixed_photos: Number of photos at which logits do not change.
        pool: See `fit_scalars`.
    """
    evidence = photo_evidence(photo_logits, scalars)
    logits = [
        (scenario, interest_logits(scenario, evidence, scalars, pool))
        for scenario in scenarios
    ]
    # Logits only fall as the penalty rises, for sets of more photos
    # than these.
    more = 0.0
    while scalars["set_size_penalty"] + more < MAX_SIZE_PENALTY and any(
        _mean_false(scenario, one - more * (scenario.log_photos - np.log(fixed_photos)))
        > max_false_positives
        for scenario, one in logits
    ):
        more += STEP
    return scalars | {
        "set_size_penalty": scalars["set_size_penalty"] + more,
        "offset": scalars["offset"] + more * float(np.log(fixed_photos)),
    }


def _mean_false(scenario: LabelledSets, logits: np.ndarray) -> float:
    return float(false_positives(scenario.truth.astype(bool), logits, 0.0).mean())


def _point(scalars: dict[str, float]) -> np.ndarray:
    """Returns a search point; scale and inverse temperature as logarithms."""
    values = dict(scalars)
    values["scale"] = np.log(values["scale"])
    values["inverse_temperature"] = np.log(values["inverse_temperature"])
    return np.array(list(values.values()))


def _scalars(point: np.ndarray) -> dict[str, float]:
    values = dict(zip(SCALARS, point.tolist(), strict=True))
    values["scale"] = float(np.exp(values["scale"]))
    values["inverse_temperature"] = float(np.exp(values["inverse_temperature"]))
    return values


def _log_chances(logits: np.ndarray, scalars: dict[str, float]) -> np.ndarray:
    scaled = scalars["scale"] * logits
    scaled[:, -1] += scalars["none_offset"]
    return scaled - logsumexp(scaled, axis=1, keepdims=True)


def _evidence(log_chances: np.ndarray) -> np.ndarray:
    """Returns the log-odds of the categories, `(photos, categories)`."""
    rows, top = np.arange(len(log_chances)), log_chances.argmax(axis=1)
    chances = np.exp(log_chances)
    chances[rows, top] = 0.0
    odds = log_chances - np.log1p(-chances)
    odds[rows, top] -= np.log(chances.sum(axis=1) + LEAST)
    return odds[:, :-1]


def photo_evidence(photo_logits: np.ndarray, scalars: dict[str, float]) -> np.ndarray:
    """Returns the log-odds of each category in each photo, float64 `(photos, D)`."""
    return _evidence(_log_chances(photo_logits.astype(np.float64), scalars))


def interest_logits(
    scenario: LabelledSets,
    evidence: np.ndarray,
    scalars: dict[str, float],
    pool: Pool = log_sum_exp,
) -> np.ndarray:
    """Returns the interests' logits of a scenario's users, float `(users, D)`."""
    pooled = pool(scenario.members, evidence, scalars["inverse_temperature"])
    bar = scalars["set_size_penalty"] * scenario.log_photos
    return scalars["slope"] * pooled + scalars["offset"] - bar


def _cross_entropy(scenario: LabelledSets, logits: np.ndarray) -> float:
    return float((np.logaddexp(0.0, logits) - scenario.truth * logits).mean())
