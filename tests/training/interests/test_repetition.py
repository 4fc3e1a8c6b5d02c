import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from training.interests.calibration import fit_photo_calibration
from training.interests.repetition import (
    Readout,
    accumulate,
    evidence,
    fit_gain,
    fit_logistic,
)

READOUT = Readout(np.array([1.5, 0.5, -0.7]), 9.0, 0.85)


def draw(photos: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).beta(0.3, 2, (photos, 4))


@given(st.integers(1, 40), st.integers(0, 5))
def test_any_split_and_order_give_the_same_state(cut: int, seed: int) -> None:
    photos, weights = draw(41, seed), np.ones(41)
    order = np.random.default_rng(seed).permutation(41)
    parts = np.split(photos[order], [cut])
    merged = accumulate(parts[0], np.ones(cut)) + accumulate(
        parts[1], np.ones(41 - cut)
    )
    np.testing.assert_allclose(merged, accumulate(photos, weights), rtol=1e-9)


def test_a_burst_that_is_one_event_changes_only_the_number_of_photos() -> None:
    photos = draw(20)
    burst = np.vstack([photos, np.repeat(photos[:1], 9, axis=0)])
    weights = np.concatenate([[0.1], np.ones(19), np.full(9, 0.1)])
    once, often = accumulate(photos, np.ones(20)), accumulate(burst, weights)
    np.testing.assert_allclose(often[1:], once[1:])
    np.testing.assert_allclose(often[0] - once[0], 9 * photos[0])
    np.testing.assert_allclose(READOUT(often), READOUT(once))


def test_one_clear_photo_among_many_is_less_than_a_tenth_that_is_clear() -> None:
    one, tenth = np.zeros((100, 1)), np.zeros((100, 1))
    one[0], tenth[:10] = 0.99, 0.8
    weights = np.ones(100)
    lucky, repeated = (READOUT(accumulate(q, weights))[0] for q in (one, tenth))
    assert lucky < READOUT.threshold < repeated


def test_more_evidence_never_lowers_an_interest() -> None:
    photos = draw(30)
    more = np.minimum(photos * 1.3, 0.999)
    weights = np.ones(30)
    less_state, more_state = accumulate(photos, weights), accumulate(more, weights)
    assert (READOUT(more_state) >= READOUT(less_state)).all()


@pytest.mark.parametrize("size", [1, 160, 2000])
def test_a_gain_makes_surer_without_changing_what_is_shown(size: int) -> None:
    surer = READOUT._replace(gain=0.5)
    read = evidence(accumulate(np.tile(draw(1), (size, 1)), np.ones(size)))
    read = np.concatenate([read + step for step in (-3, -1, 0, 1, 3)])
    read[:, 2] = np.log(size)
    plain, gained = READOUT.of_evidence(read), surer.of_evidence(read)
    shown = plain >= READOUT.threshold
    assert shown.any() and not shown.all()
    np.testing.assert_array_equal(shown, gained >= READOUT.threshold)
    if size <= 160:
        np.testing.assert_allclose(plain, gained)
    else:
        assert (gained[shown] > plain[shown]).all()
        assert (gained[~shown] < plain[~shown]).all()


def test_a_gain_is_fitted_to_how_often_large_sets_are_right() -> None:
    random = np.random.default_rng(5)
    distances, sizes = random.exponential(1, 4000), np.full(4000, np.log(1000))
    start = np.log(0.85 / 0.15)
    factor = 1 + 0.7 * np.log(1000 / 160)
    right = random.random(4000) < expit(start + factor * distances)
    found = fit_gain(start + distances, 0.85, sizes, right)
    assert found == pytest.approx(0.7, abs=0.2)
    assert fit_gain(np.zeros(0), 0.85, np.zeros(0), np.zeros(0, bool)) == 0
    always = fit_gain(start + distances[:60], 0.85, sizes[:60], np.ones(60, bool))
    assert 0 < always < 4


def test_evidence_of_nothing_is_finite() -> None:
    assert np.isfinite(evidence(np.zeros((5, 3)))).all()


def test_logistic_regression_finds_the_slopes() -> None:
    random = np.random.default_rng(1)
    inputs = random.normal(size=(20_000, 2)) * [1, 5] + [3, -2]
    truth = random.random(20_000) < expit(inputs @ [1.2, -0.3] - 2)
    slopes, offset = fit_logistic(inputs, truth)
    np.testing.assert_allclose(slopes, [1.2, -0.3], atol=0.1)
    assert offset == pytest.approx(-2, abs=0.3)


def test_a_monotone_slope_is_not_negative() -> None:
    random = np.random.default_rng(1)
    inputs = random.normal(size=(500, 2))
    truth = random.random(500) < expit(-2 * inputs[:, 0] + inputs[:, 1])
    slopes, _ = fit_logistic(inputs, truth, monotone=(0, 1))
    assert slopes[0] == 0
    assert slopes[1] > 0.5


def test_calibration_corrects_an_interest_that_is_claimed_too_often() -> None:
    random = np.random.default_rng(2)
    fair = random.beta(0.5, 1.5, (4000, 2))
    truth = random.random((4000, 2)) < fair
    claimed = fair.copy()
    claimed[:, 1] = expit(np.log(fair[:, 1] / (1 - fair[:, 1])) + 2)
    fitted = fit_photo_calibration(claimed, truth, np.ones(4000), penalty=1e-5)
    assert np.abs(fitted(claimed) - fair).mean() < 0.03


def test_a_large_penalty_keeps_the_biases_at_zero() -> None:
    truth = np.random.default_rng(2).random((200, 3)) < [0.1, 0.5, 0.9]
    fitted = fit_photo_calibration(np.full((200, 3), 0.5), truth, np.ones(200), 1e6)
    np.testing.assert_allclose(fitted.biases, 0, atol=1e-4)


def test_what_is_not_known_does_not_move_a_bias() -> None:
    random = np.random.default_rng(4)
    claimed = random.beta(0.5, 1.5, (2000, 2))
    truth = random.random((2000, 2)) < claimed
    wrong = truth.copy()
    wrong[:500, 1] = True
    known = np.ones(truth.shape, bool)
    known[:500, 1] = False
    weights = np.ones(2000)
    masked = fit_photo_calibration(claimed, wrong, weights, 1e-4, known)
    trusting = fit_photo_calibration(claimed, wrong, weights, 1e-4)
    assert abs(masked.biases[1] - masked.biases[0]) < 0.3
    assert trusting.biases[1] - trusting.biases[0] > 0.8


def test_scenes_count_where_they_say_what_kinds_do_not() -> None:
    random = np.random.default_rng(5)
    claimed = random.beta(0.5, 1.5, (4000, 2))
    scenes = (random.random((4000, 2)) < 0.2).astype(float)
    fair = expit(np.log(claimed / (1 - claimed)) + 2 * scenes)
    truth = random.random((4000, 2)) < fair
    weights = np.ones(4000)
    fitted = fit_photo_calibration(claimed, truth, weights, 1e-4, scenes=scenes)
    assert fitted.scene_slope == pytest.approx(2, abs=0.3)
    assert np.abs(fitted(claimed, scenes) - fair).mean() < 0.03
    misleading = fit_photo_calibration(claimed, truth, weights, 1e-4, scenes=-scenes)
    assert misleading.scene_slope == 0
