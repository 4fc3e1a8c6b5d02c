"""Synthetic faces: how they are drawn, and how groups of them are counted."""

import numpy as np
import pytest

from training.experiments.analyzers import many_faces


def test_rates_are_those_of_all_pairs() -> None:
    labels = np.array([0, 0, 0, 1, 1, 2])
    people = np.array([0, 0, 1, 1, 1, 0])
    found = many_faces.pair_rates(labels, people)
    assert found["precision"] == pytest.approx(2 / 4)
    assert found["recall"] == pytest.approx(2 / 6)
    alone = many_faces.pair_rates(np.arange(3), np.arange(3))
    assert alone == {"precision": 0.0, "recall": 0.0}  # of no pair


def test_faces_lie_around_their_person_and_are_grouped_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, count in (("FACES", 400), ("STRANGERS", 60), ("PEOPLE", 12)):
        monkeypatch.setattr(many_faces, name, count)
    random = np.random.default_rng(2)
    portraits = random.normal(0, 0.2, (50, 16))
    embeddings, people = many_faces.draw(portraits, random)
    assert embeddings.shape == (400, 16) and embeddings.dtype == np.float32
    assert set(people[340:]) == set(range(12, 72))
    counts = np.bincount(people[:340], minlength=12)
    assert counts[0] > 3 * counts[-1]  # the most frequent person
    first = embeddings[people == 0]
    apart = np.linalg.norm(first[:, None] - first[None], axis=2)
    typical = np.median(apart[np.triu_indices(len(first), 1)])
    assert typical == pytest.approx(many_faces.SAME_DISTANCE, rel=0.2)
    thresholds = {"radius": 0.2, "distance": 0.45}
    labels, found = many_faces._cluster(embeddings, thresholds)
    assert found["groups"] <= found["clusters"] <= 400
    rates = many_faces.pair_rates(labels, people)
    assert rates["precision"] > 0.9 and rates["recall"] > 0.8
