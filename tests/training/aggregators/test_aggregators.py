"""Every aggregator against the contract, its parameter count and its equations."""

from pathlib import Path

import keras
import numpy as np
import pytest
from layer_contract import (
    FEATURE_SCALE,
    check_aggregator,
    random_features,
    with_random_weights,
)

from training.aggregators.aggregator import Aggregator
from training.aggregators.attention_2_gating import Attention2Gating
from training.aggregators.average import Average
from training.aggregators.photo_evidence import PhotoEvidence

SMALL = {"dimension": 16, "categories": 7, "feature_scale": FEATURE_SCALE}


@pytest.mark.parametrize(
    "aggregator",
    [
        Average(**SMALL),
        Average(**SMALL, hidden=12, dropout=0.5),
        Attention2Gating(**SMALL, hidden=12, score_scale=0.25),
        PhotoEvidence(**SMALL),
    ],
    ids=["average", "average_hidden", "attention_2_gating", "photo_evidence"],
)
def test_aggregator_keeps_the_contract(aggregator: Aggregator, tmp_path: Path) -> None:
    check_aggregator(with_random_weights(aggregator), tmp_path)


@pytest.mark.parametrize(
    ("aggregator", "parameters"),
    [
        (Average(1024, 1000, FEATURE_SCALE), 1_025_000),
        (Average(1024, 1000, FEATURE_SCALE, hidden=2048), 4_148_200),
        (Attention2Gating(1024, 1000, FEATURE_SCALE, gated=False), 5_198_824),
        (Attention2Gating(1024, 1000, FEATURE_SCALE), 6_248_424),
        (PhotoEvidence(1024, 178, FEATURE_SCALE), 183_481),
    ],
)
def test_parameters_are_the_sources_number(
    aggregator: Aggregator, parameters: int
) -> None:
    """Trained parameters: standardisation's stored mean and variance do not count."""
    aggregator.build((None, None, 1024))
    counted = sum(int(np.prod(v.shape)) for v in aggregator.trainable_variables)
    assert counted == parameters
    stored = sum(int(np.prod(v.shape)) for v in aggregator.non_trainable_variables)
    assert stored >= 2 * 1024


def test_average_is_the_mean_of_standardised_photos() -> None:
    aggregator = with_random_weights(Average(**SMALL))
    features = random_features(6, 16)
    normalization = aggregator.standardise.normalization
    mean = normalization.adapt_mean.numpy()
    deviation = normalization.adapt_variance.numpy() ** 0.5
    photos = (features * FEATURE_SCALE - mean) / deviation
    kernel, bias = (w.numpy() for w in aggregator.head.trainable_weights)
    expected = photos.mean(axis=0) @ kernel + bias
    np.testing.assert_allclose(aggregator(features[None])[0], expected, atol=1e-4)


def test_average_weighs_equal_photos_equally() -> None:
    aggregator = with_random_weights(Average(**SMALL))
    features = np.repeat(random_features(1, 16), 4, axis=0)
    shares = aggregator.explain(features)["contributions"]
    np.testing.assert_allclose(shares, 0.25, atol=1e-6)


def test_attention_2_gating_follows_the_papers_equations() -> None:
    aggregator = with_random_weights(Attention2Gating(**SMALL, hidden=12))
    features = random_features(6, 16)
    photos = aggregator.standardise(features).numpy()
    query, kernel, bias = (
        aggregator.first.query.numpy(),
        *(w.numpy() for w in aggregator.next_query.weights),
    )
    first = _softmax(photos @ query) @ photos
    second = _softmax(photos @ np.tanh(first @ kernel + bias)) @ photos
    gate, hidden, answer = (
        [w.numpy() for w in step.weights]
        for step in aggregator.head.steps
        if step.weights
    )
    gated = second / (1 + np.exp(-(second @ gate[0] + gate[1])))
    expected = np.maximum(gated @ hidden[0] + hidden[1], 0) @ answer[0] + answer[1]
    np.testing.assert_allclose(aggregator(features[None])[0], expected, atol=1e-3)


def test_a_contribution_is_the_weight_times_the_photos_own_answer() -> None:
    aggregator = with_random_weights(Attention2Gating(**SMALL, score_scale=0.5))
    features = random_features(6, 16)
    answer = aggregator.explain(features)
    _, log_weights = aggregator.pool(aggregator.standardise(features)[None])
    weights = np.exp(log_weights[0])[:, None]
    assert np.ptp(weights) > 0.05
    own = np.stack([aggregator.explain(f[None])["probabilities"] for f in features])
    np.testing.assert_allclose(answer["photo_probabilities"], own, atol=1e-5)
    shares = weights * own / (weights * own).sum(axis=0)
    np.testing.assert_allclose(answer["contributions"], shares, atol=1e-4)


def test_dropout_is_on_only_in_training() -> None:
    aggregator = with_random_weights(Attention2Gating(**SMALL, hidden=64))
    features = random_features(1, 6, 16)
    still = aggregator(features).numpy()
    np.testing.assert_array_equal(aggregator(features), still)
    assert np.abs(aggregator(features, training=True).numpy() - still).max() > 1e-3


def test_a_channel_that_never_fires_cannot_explode() -> None:
    aggregator = with_random_weights(Average(**SMALL))
    training = random_features(50, 16)
    training[:, 3] = 0
    aggregator.adapt(training)
    photo = np.zeros((1, 16), np.uint8)
    photo[0, 3] = 200
    assert np.abs(aggregator.standardise(photo)).max() <= 200


@pytest.mark.parametrize("photos", [1, 4096])
def test_any_number_of_photos(photos: int) -> None:
    for make in (Average, Attention2Gating, PhotoEvidence):
        aggregator = with_random_weights(make(**SMALL))
        answer = aggregator.explain(random_features(photos, 16))
        assert all(np.isfinite(array).all() for array in answer.values())
        np.testing.assert_allclose(answer["contributions"].sum(axis=0), 1, atol=1e-4)


def test_wrong_dimension_is_named() -> None:
    with pytest.raises(ValueError, match="dimension 16.*17"):
        Average(**SMALL)(random_features(1, 2, 17))
    with pytest.raises(ValueError, match="feature_scale"):
        Average(16, 7, feature_scale=0.0)
    with pytest.raises(ValueError, match="categories=0"):
        Average(16, 0, FEATURE_SCALE)


def test_loads_without_naming_the_class(tmp_path: Path) -> None:
    """The export knows a path only."""
    path = tmp_path / "aggregator.keras"
    keras.saving.save_model(with_random_weights(PhotoEvidence(**SMALL)), path)
    assert keras.saving.load_model(path).state_spec().shape == (8,)


def _softmax(values: np.ndarray) -> np.ndarray:
    weights = np.exp(values - values.max())
    return weights / weights.sum()
