import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from sklearn.metrics import (
    average_precision_score,
    f1_score,
    ndcg_score,
    precision_score,
    recall_score,
)

from training.metrics.calibration import (
    BINS,
    calibration_columns,
    expected_calibration_error,
)
from training.metrics.interest_metrics import (
    at_k,
    average_precision,
    confusion,
    false_positives,
    macro_f1,
    micro_f1,
    ndcg,
    ranking,
)

# Five categories, ranked 0 1 2 3 4; true are 0, 2 and 4; above .5 are 0, 1, 2.
TRUTH = np.array([[True, False, True, False, True]])
PROBABILITIES = np.array([[0.9, 0.8, 0.6, 0.4, 0.1]])


@pytest.fixture
def random_users() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    truth = random.random((60, 25)) < 0.2
    truth[:, 0] |= ~truth.any(axis=1)
    return truth, random.random((60, 25))


def test_at_k_by_hand_plain() -> None:
    at = at_k(TRUTH, PROBABILITIES, 4)
    assert at.precision[0] == pytest.approx(2 / 4)
    assert at.recall[0] == pytest.approx(2 / 3)
    assert at.f1[0] == pytest.approx(2 * (1 / 2) * (2 / 3) / (1 / 2 + 2 / 3))


def test_at_k_by_hand_thresholded() -> None:
    at = at_k(TRUTH, PROBABILITIES, 4, threshold=0.5)
    assert at.precision[0] == pytest.approx(2 / 3)  # 0 and 2 of 0, 1, 2
    assert at.recall[0] == pytest.approx(2 / 3)
    assert at.f1[0] == pytest.approx(2 / 3)


def test_nothing_above_the_threshold_is_no_precision() -> None:
    at = at_k(TRUTH, PROBABILITIES / 2, 4, threshold=0.5)
    assert [float(m[0]) for m in at] == [0, 0, 0]


def test_calibration_alone_moves_the_thresholded_precision() -> None:
    shy = PROBABILITIES - 0.35  # only category 0 stays above .5
    assert at_k(TRUTH, shy, 4).precision == at_k(TRUTH, PROBABILITIES, 4).precision
    assert at_k(TRUTH, shy, 4, threshold=0.5).precision[0] == 1


@pytest.mark.parametrize("k", [1, 5, 25])
def test_at_k_agrees_with_scikit_learn(
    random_users: tuple[np.ndarray, np.ndarray], k: int
) -> None:
    truth, probabilities = random_users
    shown = np.zeros(truth.shape, bool)
    np.put_along_axis(shown, ranking(probabilities)[:, :k], True, axis=1)
    for threshold in (None, 0.9):
        said = shown if threshold is None else shown & (probabilities > threshold)
        at = at_k(truth, probabilities, k, threshold)
        for values, score in zip(
            at, (precision_score, recall_score, f1_score), strict=True
        ):
            expected = score(truth, said, average="samples", zero_division=0)
            assert values.mean() == pytest.approx(expected)


def test_average_precision_agrees_with_scikit_learn(
    random_users: tuple[np.ndarray, np.ndarray],
) -> None:
    truth, probabilities = random_users
    expected = [
        average_precision_score(t, p) for t, p in zip(truth, probabilities, strict=True)
    ]
    np.testing.assert_allclose(average_precision(truth, probabilities), expected)


@pytest.mark.parametrize("k", [1, 5, 25])
def test_ndcg_agrees_with_scikit_learn(
    random_users: tuple[np.ndarray, np.ndarray], k: int
) -> None:
    truth, probabilities = random_users
    expected = ndcg_score(truth.astype(int), probabilities, k=k)
    assert ndcg(truth, probabilities, k).mean() == pytest.approx(expected)


def test_f1_over_decisions_agrees_with_scikit_learn(
    random_users: tuple[np.ndarray, np.ndarray],
) -> None:
    truth, probabilities = random_users
    said = probabilities > 0.7
    sums = confusion(truth, probabilities, 0.7).reshape(len(truth), -1).sum(axis=0)
    for average, f1 in (("micro", micro_f1), ("macro", macro_f1)):
        expected = f1_score(truth, said, average=average, zero_division=0)
        assert f1(sums[None].astype(float))[0] == pytest.approx(expected)


def test_macro_f1_excludes_what_no_user_has() -> None:
    truth = np.array([[True, False, False]])
    sums = confusion(truth, np.array([[0.9, 0.8, 0.1]]), 0.5).reshape(1, -1)
    assert macro_f1(sums.astype(float))[0] == pytest.approx((1 + 0) / 2)
    assert np.isnan(macro_f1(np.zeros((1, 9))))
    assert np.isnan(micro_f1(np.zeros((1, 9))))


def test_false_positives_are_counted() -> None:
    assert false_positives(TRUTH, PROBABILITIES, 0.5).tolist() == [1]
    assert false_positives(TRUTH, PROBABILITIES, 0.0).tolist() == [2]


def test_calibration_error_by_hand() -> None:
    # Bin of .9: two pairs, one true, |.9 - .5|; bin of .2: two, one true, |.2 - .5|.
    truth = np.array([[True, False], [True, False]])
    probabilities = np.array([[0.9, 0.9], [0.2, 0.2]])
    sums = calibration_columns(truth, probabilities).sum(axis=0)[None]
    assert expected_calibration_error(sums)[0] == pytest.approx((0.4 + 0.3) / 2)


def test_calibration_has_a_bin_for_one() -> None:
    columns = calibration_columns(np.array([[True]]), np.array([[1.0]]))
    assert columns.shape == (1, 3 * BINS)
    assert expected_calibration_error(columns)[0] == 0


def test_ties_are_ranked_in_catalogue_order() -> None:
    assert ranking(np.array([[0.5, 0.7, 0.5, 0.7]])).tolist() == [[1, 3, 0, 2]]
    assert ranking(np.full((1, 200), 0.5)).tolist() == [list(range(200))]
    halves = np.tile([0.2, 0.4], (1, 100))
    assert ranking(halves)[0, :100].tolist() == list(range(1, 200, 2))


def test_users_without_interests_have_no_ranking() -> None:
    truth = np.zeros((1, 5), bool)
    assert all(np.isnan(m[0]) for m in at_k(truth, PROBABILITIES, 3))
    assert np.isnan(average_precision(truth, PROBABILITIES)[0])
    assert np.isnan(ndcg(truth, PROBABILITIES, 3)[0])
    assert false_positives(truth, PROBABILITIES, 0.5)[0] == 3


@pytest.mark.parametrize("k", [0, 6])
def test_an_impossible_k_is_refused(k: int) -> None:
    with pytest.raises(ValueError, match=f"expected 1 to 5, received {k}"):
        at_k(TRUTH, PROBABILITIES, k)


@st.composite
def users(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    shape = draw(st.tuples(st.integers(1, 6), st.integers(1, 7)))
    truth = draw(arrays(bool, shape))
    # Coarse numbers, so that ties are common.
    return truth, draw(arrays(int, shape, elements=st.integers(0, 4))) / 4


def _everything(truth: np.ndarray, probabilities: np.ndarray) -> np.ndarray:
    k = min(3, truth.shape[1])
    return np.stack(
        [
            *at_k(truth, probabilities, k),
            *at_k(truth, probabilities, k, 0.5),
            average_precision(truth, probabilities),
            ndcg(truth, probabilities, k),
            false_positives(truth, probabilities, 0.5),
        ]
    )


@given(users(), st.randoms(use_true_random=False))
def test_a_user_s_numbers_are_its_own(
    made: tuple[np.ndarray, np.ndarray], random: st.DataObject
) -> None:
    truth, probabilities = made
    order = list(range(len(truth)))
    random.shuffle(order)
    np.testing.assert_array_equal(
        _everything(truth[order], probabilities[order]),
        _everything(truth, probabilities)[:, order],
    )


@given(users())
def test_everything_lies_between_0_and_1(made: tuple[np.ndarray, np.ndarray]) -> None:
    values = _everything(*made)[:-1]
    values = values[~np.isnan(values)]
    assert ((values >= 0) & (values <= 1 + 1e-12)).all()


@given(users())
def test_the_truth_itself_is_perfect(made: tuple[np.ndarray, np.ndarray]) -> None:
    truth, _ = made
    assert np.isin(average_precision(truth, truth.astype(float)), [1]).sum() == (
        truth.any(axis=1).sum()
    )
    assert not false_positives(truth, truth.astype(float), 0.5).any()
