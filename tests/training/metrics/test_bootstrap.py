import numpy as np
import pytest
from scipy import stats

from training.metrics.bootstrap import Bootstrap, holm


def test_the_interval_of_a_mean_agrees_with_scipy() -> None:
    values = np.random.default_rng(0).exponential(size=300)
    interval = Bootstrap(300, seed=1).mean(values)
    reference = stats.bootstrap(
        (values,), np.mean, method="percentile", n_resamples=5000, rng=2
    ).confidence_interval
    assert interval.value == pytest.approx(values.mean())
    assert interval.low == pytest.approx(reference.low, abs=0.02)
    assert interval.high == pytest.approx(reference.high, abs=0.02)


def test_the_interval_covers_the_truth_as_often_as_it_says() -> None:
    random = np.random.default_rng(0)
    covered = 0
    for seed in range(200):
        interval = Bootstrap(80, seed).mean(random.normal(3.0, 1.0, 80))
        covered += interval.low <= 3.0 <= interval.high
    assert 0.90 <= covered / 200 <= 0.99


def test_users_without_a_value_are_excluded() -> None:
    values = np.array([1.0, np.nan, 3.0, np.nan])
    assert Bootstrap(4).mean(values).value == 2.0
    empty = Bootstrap(2).mean(np.array([np.nan, np.nan]))
    assert np.isnan([empty.value, empty.low, empty.high]).all()


def test_a_paired_difference_is_narrower_than_its_parts() -> None:
    random = np.random.default_rng(0)
    skill = random.random(200)
    better = skill + 0.02 + random.normal(0, 0.01, 200)
    bootstrap = Bootstrap(200)
    difference = bootstrap.difference(better, skill)
    assert 0 < difference.low < difference.value < difference.high < 0.03
    assert bootstrap.mean(better).low < bootstrap.mean(skill).high  # unpaired overlap


def test_the_seed_decides() -> None:
    values = np.random.default_rng(0).random(50)
    assert Bootstrap(50, 3).mean(values) == Bootstrap(50, 3).mean(values)
    assert Bootstrap(50, 3).mean(values) != Bootstrap(50, 4).mean(values)


def test_a_wrong_number_of_users_is_refused() -> None:
    with pytest.raises(ValueError, match="expected 5 users, received 4"):
        Bootstrap(5).mean(np.zeros(4))
    with pytest.raises(ValueError, match="at least 1, received 0"):
        Bootstrap(0)


def test_p_values_of_no_difference_are_uniform_and_of_a_large_one_small() -> None:
    random = np.random.default_rng(0)
    by_chance = [
        Bootstrap(80, seed).p_value(random.normal(0.0, 1.0, 80)) for seed in range(200)
    ]
    assert 0.01 <= np.mean(np.array(by_chance) < 0.05) <= 0.10
    shifted = random.normal(1.0, 1.0, 80)
    shifted[3] = np.nan
    assert Bootstrap(80).p_value(shifted) == pytest.approx(2 / 1001)
    assert Bootstrap(80).p_value(-shifted) == pytest.approx(2 / 1001)


def test_holm_is_that_of_the_published_example() -> None:
    # Aickin and Gensler (1996), the procedure by hand.
    adjusted = holm({"a": 0.01, "b": 0.04, "c": 0.03, "d": 0.005})
    assert adjusted == pytest.approx({"a": 0.03, "b": 0.06, "c": 0.06, "d": 0.02})
    assert holm({"a": 0.7, "b": 0.8}) == {"a": 1.0, "b": 1.0}
    assert holm({}) == {}
