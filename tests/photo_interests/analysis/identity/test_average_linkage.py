import numpy as np
import pytest
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist

from photo_interests.analysis.identity.average_linkage import Units, link
from tests.photo_interests.analysis.identity.test_clusters import faces, partition


def units(embeddings, kept=()):
    return Units(
        embeddings,
        (embeddings**2).sum(axis=1),
        np.ones(len(embeddings), np.int64),
        np.isin(np.arange(len(embeddings)), kept),
    )


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("distance", [0.5, 1.5, 3.0])
def test_groups_are_those_of_average_linkage(seed, distance):
    embeddings, _ = faces(12, 6, spread=0.6, seed=seed)
    tree = linkage(pdist(embeddings.astype(float), "sqeuclidean"), "average")
    expected = fcluster(tree, distance**2, "distance")
    labels = link(units(embeddings), distance)
    assert partition(labels) == partition(expected)
    assert set(labels) == set(range(len(set(expected))))


def test_the_order_of_units_does_not_matter():
    embeddings, _ = faces(12, 6, spread=0.6)
    order = np.random.default_rng(1).permutation(len(embeddings))
    expected = partition(link(units(embeddings), 1.5)[order])
    assert partition(link(units(embeddings[order]), 1.5)) == expected


def test_units_of_many_faces_weigh_as_many():
    embeddings, people = faces(6, 5, spread=0.6)
    means = np.stack([embeddings[people == one].mean(axis=0) for one in range(6)])
    squares = (embeddings**2).sum(axis=1)
    spreads = np.array([squares[people == one].mean() for one in range(6)], np.float32)
    pairs = [(embeddings[people == a], embeddings[people == b])
             for a in range(6) for b in range(a)]  # fmt: skip
    nearest = min(((x[:, None] - y) ** 2).sum(axis=2).mean() for x, y in pairs) ** 0.5
    made = Units(means, spreads, np.full(6, 5), np.zeros(6, bool))
    assert link(made, nearest - 1e-3).max() == 5
    assert link(made, nearest + 1e-3).max() == 4


def test_two_kept_units_are_never_joined_but_take_others_in():
    line = np.array([[0.0], [1.0], [1.1], [2.0], [9.0]], np.float32)
    assert len(set(link(units(line), 5.0)[:4])) == 1
    labels = link(units(line, kept=(0, 3)), 5.0)
    assert labels[0] != labels[3]
    assert labels[1] == labels[2] and labels[1] in (labels[0], labels[3])
    assert labels[4] not in labels[:4]


def test_nothing_to_join():
    assert link(units(np.empty((0, 3), np.float32)), 1.0).tolist() == []
    assert link(units(np.zeros((1, 3), np.float32)), 1.0).tolist() == [0]
