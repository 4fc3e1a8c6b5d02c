import numpy as np
import pytest
from scipy.sparse import csr_matrix
from scipy.special import logit

from training.aggregators.evidence_scalars import log_sum_exp
from training.experiments.mil_ablation.background_scores import (
    energy,
    mahalanobis_distances,
)
from training.experiments.mil_ablation.pools import (
    mean_probability,
    noisy_or,
    top_3_mean,
)
from training.experiments.mil_ablation.variants import HARD

CHANCES = np.array([[0.5, 0.2], [0.2, 0.01], [0.9, 0.3]])
MEMBERS = csr_matrix([[1.0, 1.0, 0.0], [0.0, 0.0, 2.0]])


def test_noisy_or_is_the_chance_of_at_least_one() -> None:
    pooled = noisy_or(MEMBERS, logit(CHANCES), 1.0)
    expected = [
        [1 - 0.5 * 0.8, 1 - 0.8 * 0.99],
        [1 - 0.1 * 0.1, 1 - 0.7 * 0.7],
    ]
    assert pooled == pytest.approx(logit(np.array(expected)))


def test_the_mean_is_of_probabilities() -> None:
    pooled = mean_probability(MEMBERS, logit(CHANCES), 1.0)
    expected = logit(np.array([[0.35, 0.105], [0.9, 0.3]]))
    assert pooled == pytest.approx(expected)


def test_the_three_largest_are_of_each_category_and_a_photo_counts_as_often_as_shown():
    chances = np.array([[0.5, 0.2], [0.2, 0.01], [0.9, 0.3], [0.1, 0.8]])
    members = csr_matrix([[1.0, 1.0, 1.0, 1.0], [0.0, 1.0, 1.0, 0.0], [0, 0, 1, 3.0]])
    pooled = top_3_mean(members, logit(chances), 1.0)
    expected = [
        [(0.5 + 0.2 + 0.9) / 3, (0.2 + 0.3 + 0.8) / 3],
        [(0.2 + 0.9) / 2, (0.01 + 0.3) / 2],
        [(0.9 + 0.1 + 0.1) / 3, 0.8],
    ]
    assert pooled == pytest.approx(logit(np.array(expected)))


def test_hard_log_sum_exp_is_the_maximum() -> None:
    pooled = log_sum_exp(MEMBERS, logit(CHANCES), HARD)
    assert pooled == pytest.approx(logit(CHANCES[[0, 2]]), abs=0.05)


def test_energy_gives_none_the_same_logit_everywhere() -> None:
    logits = np.arange(6.0).reshape(2, 3)
    changed = energy(logits)
    assert (changed[:, -1] == 0).all()
    assert (changed[:, :-1] == logits[:, :-1]).all()
    assert logits[0, -1] == 2  # the given ones stay


def test_what_is_far_from_every_category_has_a_large_distance() -> None:
    random = np.random.default_rng(0)
    labels = np.repeat([0, 3], 200)
    centres = np.zeros((4, 5))
    centres[3, 0] = 6.0
    train = (centres[labels] + random.normal(size=(400, 5))).astype(np.float32)
    photos = np.array([centres[0], centres[3], centres[3]], np.float32)
    away = photos + np.array([0, 8, 0, 0, 0], np.float32)
    near = mahalanobis_distances(photos, train, labels)
    assert (near < 0).all()
    assert (mahalanobis_distances(away, train, labels) > 3).all()
    hidden = np.array([-1, -1, 3])  # the last photo's own category is not known
    distances = mahalanobis_distances(photos, train, labels, hidden)
    assert distances[:2] == pytest.approx(near[:2])
    assert distances[2] > 3
