"""Groups of faces, counted by pairs."""

import numpy as np
import pytest

from training.experiments.analyzers import identity
from training.experiments.analyzers.many_faces import pair_rates

THRESHOLDS = {"distance": 0.5, "radius": 0.2}


@pytest.fixture
def people() -> np.ndarray:
    return np.repeat(np.arange(6), [9, 7, 5, 4, 2, 1])


@pytest.fixture
def embeddings(people: np.ndarray) -> np.ndarray:
    """Faces within .3 of each other where they are of one person, else 1.4 apart."""
    random = np.random.default_rng(3)
    middles = np.eye(8)[people]
    return (middles + random.normal(0, 0.04, middles.shape)).astype(np.float32)


def test_pairs_of_faces_are_counted_as_by_counts_alone(people: np.ndarray) -> None:
    labels = np.random.default_rng(1).integers(0, 5, len(people))
    found = identity.pairwise(labels, people)
    expected = pair_rates(labels, people)
    assert found["groups"] == len(set(labels))
    for name, value in expected.items():
        assert found[name]["value"] == pytest.approx(value)
        assert found[name]["low"] < found[name]["value"] < found[name]["high"]


def test_right_groups_have_all_pairs(people: np.ndarray) -> None:
    found = identity.pairwise(people + 3, people)
    for name in ("precision", "recall"):
        assert found[name]["value"] == found[name]["low"] == 1


def test_distances_are_parted_by_person(
    embeddings: np.ndarray, people: np.ndarray
) -> None:
    found = identity._distances(embeddings, people)
    assert found["same"]["100"] < 0.5 < found["different"]["0"]
    assert found["different"]["50"] == pytest.approx(np.sqrt(2), abs=0.1)


def test_clear_groups_are_alike_in_every_order(embeddings: np.ndarray) -> None:
    assert identity._orders_alike(embeddings, THRESHOLDS)


def test_joined_pairs_are_a_share_of_all() -> None:
    found = identity._joined(np.array([0, 0, 0, 1, 2]))
    assert found == {"pairs": 3, "share": 0.3, "largest": 3}


def test_a_smaller_distance_has_a_smaller_radius() -> None:
    assert identity._at(0.1, THRESHOLDS) == {"distance": 0.1, "radius": 0.1}
    assert identity._at(0.6, THRESHOLDS) == {"distance": 0.6, "radius": 0.2}
