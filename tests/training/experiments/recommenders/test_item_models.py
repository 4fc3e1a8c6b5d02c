"""Item-to-item baselines against their definitions, on small data."""

import numpy as np
import pytest

from training.experiments.recommenders.data import RankingData, User
from training.experiments.recommenders.item_models import (
    Ease,
    ItemKnn,
    interaction_matrix,
)
from training.experiments.recommenders.layouts.synthetic import synthetic_preference
from training.experiments.recommenders.ranking import rank_metrics, tie_order

PAIRS = np.array([[0, 0], [0, 1], [1, 0], [1, 1], [1, 2], [2, 2], [2, 3]], np.int32)


@pytest.fixture
def small() -> RankingData:
    features = np.zeros((5, 2), np.float32)
    names = tuple(map(str, range(5)))
    categories = np.zeros(5, np.int32)
    return RankingData(
        names[:3], names, PAIRS, PAIRS[:0], PAIRS[:0], features, categories
    )


def test_neighbours_are_cosines_of_who_took_what(small: RankingData) -> None:
    weights = ItemKnn(neighbours=4, shrinkage=0.0).fit(small).state["weights"]
    assert (weights[4] == 0).all()  # taken by no user
    assert weights[0, 1] == pytest.approx(1.0)  # the same two users
    assert weights[0, 2] == pytest.approx(0.5)  # one of two users each
    assert weights[0, 3] == 0 and (np.diag(weights) == 0).all()


def test_only_the_nearest_items_count(small: RankingData) -> None:
    model = ItemKnn(neighbours=1, shrinkage=1.0).fit(small)
    assert (model.state["weights"] > 0).sum(axis=0).max() == 1
    assert model.state["weights"][1, 0] == pytest.approx(2 / 3)  # shrunk from 2 / 2


def test_ease_is_a_ridge_regression_of_each_item_on_the_others(
    small: RankingData,
) -> None:
    weights = Ease(penalty=0.5).fit(small).state["weights"]
    taken = interaction_matrix(small)
    for item in range(5):
        others = np.delete(np.arange(5), item)
        x, y = taken[:, others], taken[:, item]
        expected = np.linalg.solve(x.T @ x + 0.5 * np.eye(4), x.T @ y)
        np.testing.assert_allclose(weights[others, item], expected, atol=1e-6)
    assert (np.diag(weights) == 0).all()


@pytest.mark.parametrize("model", [ItemKnn(20, 1.0), Ease(100.0)])
def test_held_out_items_of_the_users_taste_come_first(model) -> None:
    data = synthetic_preference()
    fitted, ties = model.fit(data), tie_order(len(data.items), 0)
    there = np.isin(np.arange(len(data.items)), data.train[:, 1])
    values = []
    for row in range(len(data.users)):
        user, candidates = data.user(row), there.copy()
        candidates[user.history] = False
        wanted = data.validation[data.validation[:, 0] == row, 1]
        wanted = wanted[candidates[wanted]]
        if len(wanted):
            scores = fitted.score(user)
            values.append(rank_metrics(scores, wanted, candidates, ties)[0])
    assert np.mean(values) > 0.8


@pytest.mark.parametrize("model", [ItemKnn(20, 1.0), Ease(100.0)])
def test_a_user_without_interactions_gets_the_popular_items(
    model, small: RankingData
) -> None:
    stranger = User(None, np.zeros(0, np.int32), None)
    assert model.fit(small).score(stranger).tolist() == [2, 2, 2, 1, 0]


def test_ease_refuses_a_penalty_of_nothing(small: RankingData) -> None:
    with pytest.raises(ValueError, match="penalty: expected above 0, received 0"):
        Ease(penalty=0).fit(small)
