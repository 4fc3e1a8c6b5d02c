import numpy as np
import pytest

from training.metrics.evaluate import metrics_of
from training.metrics.paired_gains import mean_over_seeds, paired_gains, user_values

RANDOM = np.random.default_rng(0)
TRUTH = RANDOM.random((200, 30)) < 0.2
NOISE = RANDOM.random(TRUTH.shape)


def test_means_over_users_are_the_metrics_of_the_tables() -> None:
    values = user_values(TRUTH, NOISE)
    metrics = metrics_of(TRUTH, NOISE, resamples=1)
    assert {"map", "f1@15", "thresholded_f1@15"} <= set(values)
    for name, own in values.items():
        assert np.nanmean(own) == pytest.approx(metrics[name].value), name


def test_a_gain_is_a_share_with_an_interval_around_it() -> None:
    poor = user_values(TRUTH, NOISE)
    good = user_values(TRUTH, 0.3 * TRUTH + 0.7 * NOISE)
    gain = paired_gains({"poor": poor, "good": good})["good over poor"]["map"]
    share = np.nanmean(good["map"]) / np.nanmean(poor["map"]) - 1
    assert gain["value"] == pytest.approx(share)
    assert 0 < gain["low"] < gain["value"] < gain["high"]
    assert gain["difference"] == pytest.approx(np.nanmean(good["map"] - poor["map"]))
    assert gain["p"] == gain["holm"] < 0.05


def test_one_model_has_no_pair() -> None:
    assert paired_gains({"one": user_values(TRUTH, NOISE)}) == paired_gains({}) == {}


def test_nothing_is_a_share_of_a_model_that_has_nothing() -> None:
    nothing, some = {"f1@5": np.zeros(40)}, {"f1@5": RANDOM.random(40)}
    gain = paired_gains({"nothing": nothing, "some": some})["some over nothing"]["f1@5"]
    assert gain["value"] is gain["low"] is gain["high"] is None
    assert gain["difference"] == pytest.approx(some["f1@5"].mean())
    assert gain["holm"] < 0.05


def test_three_models_are_three_pairs_of_one_family() -> None:
    poor = user_values(TRUTH, NOISE)
    same = user_values(TRUTH, RANDOM.random(TRUTH.shape))
    good = user_values(TRUTH, 0.3 * TRUTH + 0.7 * NOISE)
    gains = paired_gains({"poor": poor, "same": same, "good": good})
    assert set(gains) == {"same over poor", "good over poor", "good over same"}
    assert gains["good over poor"]["map"]["holm"] == pytest.approx(
        3 * gains["good over poor"]["map"]["p"]
    )
    assert gains["same over poor"]["map"]["holm"] > 0.05


def test_seeds_are_averaged_for_each_user() -> None:
    one, two = {"map": np.array([0.2, np.nan])}, {"map": np.array([0.4, np.nan])}
    mean = mean_over_seeds([one, two])["map"]
    assert mean[0] == pytest.approx(0.3)
    assert np.isnan(mean[1])


def test_other_users_are_refused() -> None:
    values = {"one": {"map": np.ones(3)}, "two": {"map": np.ones(4)}}
    with pytest.raises(
        ValueError, match=r"expected the same users, received .* \[3, 4\]"
    ):
        paired_gains(values)
