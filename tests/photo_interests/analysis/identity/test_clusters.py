import numpy as np
import pytest

from photo_interests.analysis.identity.clusters import (
    BATCH,
    Clusters,
    squared_distances,
)

WIDTH = 8


def faces(people, each, spread=0.02, seed=0):
    random = np.random.default_rng(seed)
    middles = random.normal(0, 1, (people, WIDTH))
    numbers = np.repeat(np.arange(people), each)
    noise = random.normal(0, spread, (len(numbers), WIDTH))
    return (middles[numbers] + noise).astype(np.float32), numbers


def partition(labels):
    return {frozenset(np.flatnonzero(labels == one)) for one in set(labels.tolist())}


def test_distances_are_means_over_all_faces_of_a_cluster():
    embeddings, people = faces(3, 5, spread=0.5)
    clusters = Clusters(WIDTH, 0.1)
    clusters.restore(embeddings, people)
    found = squared_distances(
        embeddings, clusters.sums, clusters.squares, clusters.counts
    )
    for person in range(3):
        members = embeddings[people == person]
        exact = ((embeddings[:, None] - members) ** 2).sum(axis=2).mean(axis=1)
        assert found[:, person] == pytest.approx(exact, rel=1e-4)


@pytest.mark.parametrize("seed", range(3))
def test_faces_of_a_person_come_into_one_cluster_in_any_order(seed):
    embeddings, people = faces(40, 20)
    assert len(people) > 3 * BATCH
    order = np.random.default_rng(seed).permutation(len(people))
    clusters = Clusters(WIDTH, 0.3)
    placed = clusters.add(embeddings[order])
    assert partition(placed) == partition(people[order])
    assert clusters.counts.tolist() == [20] * 40


def test_faces_added_one_by_one_come_into_the_same_clusters():
    embeddings, people = faces(5, 4)
    clusters = Clusters(WIDTH, 0.3)
    placed = np.concatenate([clusters.add(one[None]) for one in embeddings])
    assert partition(placed) == partition(people)


def test_restored_clusters_go_on():
    embeddings, people = faces(30, 2)
    clusters = Clusters(WIDTH, 0.3)
    clusters.restore(embeddings[::2], people[::2])
    assert clusters.add(embeddings[1::2]).tolist() == people[1::2].tolist()


def test_an_emptied_cluster_takes_no_face():
    embeddings, _ = faces(2, 1)
    clusters = Clusters(WIDTH, 0.3)
    clusters.restore(embeddings[1:], np.array([3]))
    assert clusters.counts.tolist() == [0, 0, 0, 1]
    assert clusters.add(embeddings[:1]).tolist() == [4]
    assert Clusters(WIDTH, 0.3).add(embeddings[:0]).tolist() == []
