"""The pooling rules of the literature against their equations, and as layers."""

from pathlib import Path

import keras
import numpy as np
import pytest
import tensorflow as tf
from scipy.special import expit, logit

from training.experiments.aggregator_family.gated_attention_pool import (
    GatedAttentionPool,
)
from training.experiments.aggregator_family.instance_pooling import InstancePooling

RULES = {
    "noisy_or": lambda p: 1 - np.prod(1 - p, axis=0),
    "mean": lambda p: p.mean(axis=0),
    "top_k_mean": lambda p: np.sort(p, axis=0)[-3:].mean(axis=0),
}


def features(*shape: int) -> np.ndarray:
    random = np.random.default_rng(0)
    return np.maximum(random.integers(-120, 120, shape), 0).astype(np.uint8)


def built(rule: str) -> InstancePooling:
    aggregator = InstancePooling(16, 7, 0.02, rule)
    aggregator.build((None, None, 16))
    aggregator.adapt(features(64, 16))
    random = np.random.default_rng(1)
    for weight in aggregator.trainable_weights:
        weight.assign(weight + random.normal(0, 0.3, weight.shape))
    return aggregator


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("photos", [1, 2, 9])
def test_probabilities_are_pooled_by_the_rule(rule: str, photos: int) -> None:
    aggregator = built(rule)
    found = aggregator.explain(features(photos, 16))
    pooled = logit(RULES[rule](found["photo_probabilities"].astype(float)))
    expected = expit(float(aggregator.slope) * pooled + float(aggregator.offset))
    np.testing.assert_allclose(found["probabilities"], expected, atol=1e-5)
    np.testing.assert_allclose(found["contributions"].sum(axis=0), 1, atol=1e-5)


@pytest.mark.parametrize("rule", RULES)
def test_padding_counts_for_nothing_and_every_weight_learns(rule: str) -> None:
    aggregator = built(rule)
    photos = features(2, 9, 16)
    mask = np.arange(9) < np.array([[2], [7]])
    with tf.GradientTape() as tape:
        masked = aggregator(photos, mask=mask)
        loss = tf.reduce_sum(tf.nn.softplus(masked) * [[1, -1, 1, 2, 1, -1, 3]])
    for row, length in enumerate((2, 7)):
        alone = aggregator(photos[row : row + 1, :length])
        np.testing.assert_allclose(masked[row], alone[0], atol=1e-4)
    for gradient in tape.gradient(loss, aggregator.trainable_variables):
        assert np.isfinite(gradient.numpy()).all()
        assert np.abs(gradient.numpy()).max() > 0


@pytest.mark.parametrize("rule", RULES)
def test_is_saved_and_loaded(rule: str, tmp_path: Path) -> None:
    aggregator = built(rule)
    keras.saving.save_model(aggregator, tmp_path / "aggregator.keras")
    loaded = keras.saving.load_model(tmp_path / "aggregator.keras")
    photos = features(5, 16)
    for name, values in loaded.explain(photos).items():
        np.testing.assert_array_equal(values, aggregator.explain(photos)[name])


def test_no_photo_on_top_is_refused() -> None:
    with pytest.raises(ValueError, match="top: expected at least 1 photo, received 0"):
        InstancePooling(16, 7, 0.02, "top_k_mean", top=0)


def test_gated_attention_is_the_published_equation() -> None:
    pool = GatedAttentionPool(width=5)
    photos = np.random.default_rng(0).normal(size=(1, 6, 16)).astype(np.float32)
    pool.build(photos.shape)
    vectors, log_weights = pool(photos)
    x = photos[0]
    content = np.tanh(x @ pool.content.kernel.numpy() + pool.content.bias.numpy())
    gate = expit(x @ pool.gate.kernel.numpy() + pool.gate.bias.numpy())
    scores = np.exp((content * gate) @ pool.score.kernel.numpy())[:, 0]
    weights = scores / scores.sum()
    np.testing.assert_allclose(np.exp(log_weights[0]), weights, atol=1e-5)
    np.testing.assert_allclose(vectors[0], weights @ x, atol=1e-5)
