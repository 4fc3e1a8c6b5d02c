import numpy as np
import pytest

from training.experiments.recommenders.triples import TripleSampler


@pytest.fixture
def pairs():
    random = np.random.default_rng(0)
    marks = random.random((30, 40)) < 0.3
    marks[:, 35:] = False  # no user took the last five
    return np.argwhere(marks)


def taken(pairs, triples, column):
    keys = set(map(tuple, pairs))
    return [tuple(row) in keys for row in triples[:, [0, column]].tolist()]


def test_an_epoch_has_every_pair_once_with_an_item_not_taken(pairs):
    triples = TripleSampler(pairs, 40, 1).epoch()
    assert sorted(map(tuple, triples[:, :2])) == sorted(map(tuple, pairs))
    assert not any(taken(pairs, triples, 2))
    assert triples[:, 2].max() < 35


def test_same_seed_same_triples(pairs):
    first, second = (TripleSampler(pairs, 40, 7).epoch() for _ in range(2))
    assert (first == second).all()
    assert (TripleSampler(pairs, 40, 8).epoch() != first).any()


def test_blocks_hold_few_items_and_every_item_once(pairs):
    blocks = list(TripleSampler(pairs, 40, 1).blocks(8, negatives=3))
    assert all(len(np.unique(block[:, 1:])) <= 8 for block in blocks)
    triples = np.concatenate(blocks)
    assert all(taken(pairs, triples, 1)) and not any(taken(pairs, triples, 2))
    assert set(triples[:, 1]) == set(pairs[:, 1])


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        (np.zeros((0, 2), int), "at least one to learn from"),
        (np.array([[0, 0], [0, 1]]), "one who took 2"),
    ],
)
def test_refuses(pairs, message):
    with pytest.raises(ValueError, match=message):
        TripleSampler(pairs, 9, 0)
