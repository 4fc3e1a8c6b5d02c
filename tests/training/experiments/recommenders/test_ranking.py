import numpy as np
import pytest
from cornac import metrics as cornac_metrics
from hypothesis import given
from hypothesis import strategies as st

from training.experiments.recommenders.ranking import (
    CUTS,
    METRICS,
    rank_metrics,
    tie_order,
)


def measured(scores, relevant, candidates=None, seed=0):
    scores = np.asarray(scores, float)
    if candidates is None:
        candidates = np.ones(len(scores), bool)
    ties = tie_order(len(scores), seed)
    values = rank_metrics(scores, np.asarray(relevant), candidates, ties)
    return dict(zip(METRICS, values, strict=True))


def by_cornac(scores, relevant, candidates):
    rows = np.flatnonzero(candidates)
    ranked = rows[np.argsort(-scores[rows])]
    made = {
        "AUC": cornac_metrics.AUC().compute(
            item_indices=rows, pd_scores=scores[rows], gt_pos=relevant
        ),
        "RR": cornac_metrics.MRR().compute(gt_pos=relevant, pd_rank=ranked),
    }
    for cut in CUTS:
        for name, metric in (
            ("R", cornac_metrics.Recall),
            ("P", cornac_metrics.Precision),
            ("nDCG", cornac_metrics.NDCG),
        ):
            made[f"{name}@{cut}"] = metric(k=cut).compute(
                gt_pos=relevant, pd_rank=ranked
            )
    return made


@given(st.integers(0, 10_000), st.integers(1, 30), st.integers(0, 60))
def test_same_as_cornac_on_the_same_scores(seed, wanted, excluded):
    random = np.random.default_rng(seed)
    scores = random.permutation(200).astype(float)
    order = random.permutation(200)
    relevant, candidates = order[:wanted], np.ones(200, bool)
    candidates[order[wanted : wanted + excluded]] = False
    expected = by_cornac(scores, relevant, candidates)
    received = measured(scores, relevant, candidates)
    assert received == pytest.approx(expected)


def test_worked_by_hand():
    # Items 0 to 4 in the order of their scores; 1 and 3 are wanted.
    values = measured([5, 4, 3, 2, 1], [1, 3])
    assert values["AUC"] == pytest.approx(3 / 6)
    assert values["RR"] == 1 / 2
    assert values["P@20"] == 2 / 20 and values["R@20"] == 1
    best = 1 + 1 / np.log2(3)
    assert values["nDCG@20"] == pytest.approx((1 / np.log2(3) + 1 / np.log2(5)) / best)


def test_ties_are_half_and_in_a_fixed_order_that_is_not_that_of_the_rows():
    scores = np.zeros(1000)
    first, again = (measured(scores, [0, 1, 2]) for _ in range(2))
    assert first == again and first["AUC"] == 0.5
    # Averaged over draws of the order, the first rows are where chance puts them.
    ranks = [1 / measured(scores, [0], seed=seed)["RR"] for seed in range(300)]
    assert abs(np.mean(ranks) - 500.5) < 60


def test_all_wanted_leaves_no_auc():
    assert np.isnan(measured([1, 2], [0, 1])["AUC"])


@pytest.mark.parametrize(
    ("scores", "relevant", "message"),
    [
        ([1.0, np.nan, 2.0], [0], "scores: expected numbers, received nan in row 1"),
        ([1.0, 2.0, 3.0], [], "relevant: expected some of 2 candidates"),
        ([1.0, 2.0, 3.0], [2], "relevant: expected some of 2 candidates"),
    ],
)
def test_refuses(scores, relevant, message):
    candidates = np.array([True, True, False])
    with pytest.raises(ValueError, match=message):
        measured(scores, np.array(relevant, int), candidates)
