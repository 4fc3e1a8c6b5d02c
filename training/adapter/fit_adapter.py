"""Offsets and context of one population, fitted and tried on held-out users.

For each category a logistic regression on the sigmoids of the universal logits, to
which the category's own universal logit is added unchanged; zero weights leave photo
evidence as it is.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from training.metrics.bootstrap import Bootstrap, Interval
from training.metrics.interest_metrics import average_precision, false_positives

PENALTIES = (0.001, 0.01, 0.1)
FOLDS = 5
MIN_USERS = 50
ITERATIONS = 60
THRESHOLD = 0.5


class Adapter(NamedTuple):
    """What a population adds to universal logits.

    Attributes:
        offsets: b, float32 `(categories,)`.
        context: V, float32 `(categories, categories)`; V[c, j] is the weight of
            interest j in the logit of interest c.
    """

    offsets: np.ndarray
    context: np.ndarray

    def adapt(self, logits: np.ndarray) -> np.ndarray:
        """Returns adapted logits of universal ones `(users, categories)`."""
        return logits + expit(logits) @ self.context.T + self.offsets


@dataclass(frozen=True)
class Trial:
    """What an adapter did to users that it was not fitted on.

    Attributes:
        users: How many were held out, in turn.
        universal_map: MAP without it.
        adapted_map: MAP with it.
        gain: Difference in MAP, over the same users.
        universal_false: False positives per user without it.
        adapted_false: The same with it.
    """

    users: int
    universal_map: Interval
    adapted_map: Interval
    gain: Interval
    universal_false: Interval
    adapted_false: Interval

    @property
    def helps(self) -> bool:
        """Whether the gain in MAP is more than chance explains."""
        return self.gain.low > 0


def fit_adapter(logits: np.ndarray, truth: np.ndarray, penalty: float) -> Adapter:
    """Fits offsets and context by cross-entropy with an L2 penalty.

    Args:
        logits: Universal ones `(users, categories)`.
        truth: True interests, bool of the same shape.
        penalty: Of the squares of offsets and context.
    """
    inputs = np.concatenate([expit(logits), np.ones((len(logits), 1))], axis=1)
    shape = (inputs.shape[1], logits.shape[1])
    target = truth.astype(float)

    def loss_and_gradient(flat: np.ndarray) -> tuple[float, np.ndarray]:
        weights = flat.reshape(shape)
        adapted = logits + inputs @ weights
        loss = (np.logaddexp(0, adapted) - target * adapted).sum() / len(logits)
        gradient = inputs.T @ (expit(adapted) - target) / len(logits)
        loss += 0.5 * penalty * float((weights**2).sum())
        return float(loss), (gradient + penalty * weights).ravel()

    fitted = minimize(
        loss_and_gradient,
        np.zeros(np.prod(shape)),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": ITERATIONS},
    )
    weights = fitted.x.reshape(shape).astype(np.float32)
    return Adapter(weights[-1], weights[:-1].T)


def choose_and_fit(logits: np.ndarray, truth: np.ndarray, seed: int) -> Adapter:
    """Fits an adapter whose penalty suits a fifth of the users best."""
    held_out = _folds(len(logits), seed) == 0
    losses = {
        penalty: _loss(
            fit_adapter(logits[~held_out], truth[~held_out], penalty).adapt(
                logits[held_out]
            ),
            truth[held_out],
        )
        for penalty in PENALTIES
    }
    return fit_adapter(logits, truth, min(losses, key=lambda one: losses[one]))


def try_adapter(logits: np.ndarray, truth: np.ndarray, seed: int = 0) -> Trial:
    """Adapts every fifth of the users by an adapter fitted on all others.

    The penalty, too, is chosen on the others: nothing leaks from a held-out user.

    Raises:
        ValueError: Too few users have interests for a meaningful comparison.
    """
    known = int(truth.any(axis=1).sum())
    if known < MIN_USERS:
        raise ValueError(
            f"users: expected at least {MIN_USERS} with interests, to hold some out "
            f"and compare, received {known}"
        )
    fold_of = _folds(len(logits), seed)
    adapted = np.empty_like(logits)
    for fold in range(FOLDS):
        held_out = fold_of == fold
        adapter = choose_and_fit(logits[~held_out], truth[~held_out], seed + 1 + fold)
        adapted[held_out] = adapter.adapt(logits[held_out])
    return compare_logits(logits, adapted, truth, seed)


def compare_logits(
    universal: np.ndarray, adapted: np.ndarray, truth: np.ndarray, seed: int = 0
) -> Trial:
    """Compares two models' logits `(users, categories)` for the same users."""
    bootstrap = Bootstrap(len(truth), seed)
    precisions = [average_precision(truth, one) for one in (universal, adapted)]
    false = [
        false_positives(truth, expit(one), THRESHOLD).astype(float)
        for one in (universal, adapted)
    ]
    return Trial(
        len(truth),
        bootstrap.mean(precisions[0]),
        bootstrap.mean(precisions[1]),
        bootstrap.difference(precisions[1], precisions[0]),
        bootstrap.mean(false[0]),
        bootstrap.mean(false[1]),
    )


def _folds(users: int, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).permutation(users) % FOLDS


def _loss(logits: np.ndarray, truth: np.ndarray) -> float:
    return float((np.logaddexp(0, logits) - truth * logits).sum(axis=1).mean())
