"""Log-space sums against float64, and the laws they keep."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.special import expit, logsumexp

from training.aggregators import log_space

LOGITS = arrays(
    np.float32, (3, 6), elements=st.floats(-40, 40, width=32, allow_subnormal=False)
)


def exact_log_odds(logits: np.ndarray) -> np.ndarray:
    logits = logits.astype(np.float64)
    others = np.stack(
        [logsumexp(np.delete(logits, c, axis=1), axis=1) for c in range(6)], axis=1
    )
    return logits - others


@settings(deadline=None)
@given(LOGITS)
def test_log_odds_are_exact(logits: np.ndarray) -> None:
    received = log_space.log_odds(logits).numpy()
    np.testing.assert_allclose(received, exact_log_odds(logits), rtol=1e-5, atol=1e-4)


def test_log_odds_of_a_tie() -> None:
    received = log_space.log_odds(np.zeros((1, 6), np.float32)).numpy()
    np.testing.assert_allclose(received, -np.log(5), rtol=1e-6)


def test_log_odds_stay_finite_far_from_float_range() -> None:
    logits = np.array([[5000.0, -5000.0, 0.0, 0.0, 0.0, 0.0]], np.float32)
    received = log_space.log_odds(logits).numpy()
    assert np.isfinite(received).all()
    assert received.argmax() == 0


@settings(deadline=None)
@given(LOGITS)
def test_log_sum_exp_and_log_sigmoid(values: np.ndarray) -> None:
    double = values.astype(np.float64)
    np.testing.assert_allclose(
        log_space.log_sum_exp(values, axis=0),
        logsumexp(double, axis=0),
        rtol=1e-5,
        atol=1e-5,
    )
    np.testing.assert_allclose(
        log_space.log_sigmoid(values), np.log(expit(double)), rtol=1e-5, atol=1e-5
    )
    np.testing.assert_allclose(
        log_space.log_add_exp(values[0], values[1]),
        np.logaddexp(double[0], double[1]),
        rtol=1e-5,
        atol=1e-5,
    )


def test_nothing_adds_nothing() -> None:
    evidence = np.array([-3.0, 0.0, 40.0], np.float32)
    empty = np.full(3, log_space.EMPTY, np.float32)
    np.testing.assert_array_equal(log_space.log_add_exp(evidence, empty), evidence)
    assert np.isfinite(log_space.log_add_exp(empty, empty)).all()
