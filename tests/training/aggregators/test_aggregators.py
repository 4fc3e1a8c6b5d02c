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
from training.aggregators.photo_evidence import PhotoEvidence
from training.aggregators.pooled_aggregator import PooledAggregator
from training.aggregators.pools.attention_block import AttentionBlock
from training.aggregators.pools.attention_pool import AttentionPool
from training.aggregators.pools.learned_queries_pool import LearnedQueriesPool
from training.aggregators.pools.mean_max_pool import MeanMaxPool
from training.aggregators.pools.mean_pool import MeanPool
from training.aggregators.pools.nextvlad_pool import NeXtVLADPool
from training.aggregators.pools.pool import Pool
from training.aggregators.pools.set_transformer_pool import SetTransformerPool
from training.aggregators.pools.squeeze_expand_pool import SqueezeExpandPool
from training.aggregators.pools.squeezed_pool import SqueezedPool
from training.aggregators.pools.two_block_pool import TwoBlockPool
from training.configs import config_named

SMALL = {"dimension": 16, "categories": 7, "feature_scale": FEATURE_SCALE}


POOLS = [
    MeanPool(),
    AttentionPool(score_scale=0.25),
    TwoBlockPool(score_scale=0.25),
    TwoBlockPool(score_scale=0.25, residual_query=True),
    SqueezedPool(squeezed=6, score_scale=0.5),
    SqueezeExpandPool(squeezed=6, score_scale=0.5),
    LearnedQueriesPool(queries=3, score_scale=0.25),
    MeanMaxPool(),
    SetTransformerPool(width=8, heads=2, inducing_points=3),
    NeXtVLADPool(projected=12, groups=3, clusters=5),
]


def pooled(pool: Pool, **options: object) -> PooledAggregator:
    return PooledAggregator(**SMALL, pool=pool, **options)


@pytest.mark.parametrize(
    "aggregator",
    [
        *(pooled(pool) for pool in POOLS),
        pooled(MeanPool(), hidden=12, dropout=0.5),
        pooled(TwoBlockPool(0.25), hidden=12, dropout=0.5, gated=True),
        PhotoEvidence(**SMALL),
        PhotoEvidence(**SMALL, hidden=5),
    ],
    ids=lambda a: type(getattr(a, "pool", a)).__name__,
)
def test_aggregator_keeps_the_contract(aggregator: Aggregator, tmp_path: Path) -> None:
    check_aggregator(with_random_weights(aggregator), tmp_path)


@pytest.mark.parametrize(
    ("config", "parameters"),
    [
        ("average", 1_025_000),
        ("average_hidden", 4_148_200),
        ("attention_1", 4_149_224),
        ("attention_1_gating", 1_570_024),
        ("attention_2", 5_198_824),
        ("attention_2_gating", 6_248_424),
        ("squeezed_1", 781_800),
        ("squeeze_expand_2", 1_109_736),
    ],
)
def test_parameters_are_as_many_as_in_the_papers(config: str, parameters: int) -> None:
    """Trained parameters: standardisation's stored mean and variance do not count."""
    options = config_named(config, "aggregator").options
    aggregator = PooledAggregator(1024, 1000, FEATURE_SCALE, **options)
    aggregator.build((None, None, 1024))
    assert trained_parameters(aggregator) == parameters
    stored = sum(int(np.prod(v.shape)) for v in aggregator.non_trainable_variables)
    assert stored >= 2 * 1024


def test_parameters_of_photo_evidence() -> None:
    aggregator = PhotoEvidence(1024, 178, FEATURE_SCALE)
    aggregator.build((None, None, 1024))
    assert trained_parameters(aggregator) == 183_481


def trained_parameters(aggregator: Aggregator) -> int:
    return sum(int(np.prod(v.shape)) for v in aggregator.trainable_variables)


def test_one_config_makes_networks_of_their_own() -> None:
    pool = AttentionPool()
    first, second = (with_random_weights(pooled(pool)) for _ in range(2))
    assert not pool.built
    first.pool.query.assign(first.pool.query + 1)
    assert np.abs((first.pool.query - second.pool.query).numpy()).min() > 0.5


def test_average_is_the_mean_of_standardised_photos() -> None:
    aggregator = with_random_weights(pooled(MeanPool()))
    features = random_features(6, 16)
    normalization = aggregator.standardise.normalization
    mean = normalization.adapt_mean.numpy()
    deviation = normalization.adapt_variance.numpy() ** 0.5
    photos = (features * FEATURE_SCALE - mean) / deviation
    kernel, bias = (w.numpy() for w in aggregator.head.trainable_weights)
    expected = photos.mean(axis=0) @ kernel + bias
    np.testing.assert_allclose(aggregator(features[None])[0], expected, atol=1e-4)


def test_average_weighs_equal_photos_equally() -> None:
    aggregator = with_random_weights(pooled(MeanPool()))
    features = np.repeat(random_features(1, 16), 4, axis=0)
    shares = aggregator.explain(features)["contributions"]
    np.testing.assert_allclose(shares, 0.25, atol=1e-6)


def test_attention_2_gating_follows_the_papers_equations() -> None:
    aggregator = with_random_weights(pooled(TwoBlockPool(), hidden=12, gated=True))
    features = random_features(6, 16)
    photos = aggregator.standardise(features).numpy()
    query, kernel, bias = (
        aggregator.pool.first.query.numpy(),
        *(w.numpy() for w in aggregator.pool.next_query.weights),
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


def test_squeezed_pool_weighs_by_squeezed_photos_and_sums_the_whole_ones() -> None:
    pool = with_random_weights(pooled(SqueezedPool(6, score_scale=0.5))).pool
    photos = np.random.default_rng(0).normal(size=(5, 16)).astype(np.float32)
    squeeze, query = pool.squeeze.kernel.numpy(), pool.attention.query.numpy()
    expected = _softmax(0.5 * photos @ squeeze @ query) @ photos
    np.testing.assert_allclose(pool(photos[None])[0][0], expected, atol=1e-4)


def test_squeeze_expand_pool_follows_the_posters_equations() -> None:
    pool = with_random_weights(pooled(SqueezeExpandPool(6, score_scale=0.5))).pool
    photos = np.random.default_rng(0).normal(size=(5, 16)).astype(np.float32)
    squeezed = photos @ pool.squeeze.kernel.numpy()
    first = _softmax(0.5 * squeezed @ pool.first.query.numpy()) @ squeezed
    kernel, bias = (w.numpy() for w in pool.next_query.weights)
    query = np.tanh(first @ kernel + bias) @ pool.expand.kernel.numpy()
    expected = _softmax(0.5 * photos @ query) @ photos
    np.testing.assert_allclose(pool(photos[None])[0][0], expected, atol=1e-4)


def test_nextvlad_pool_sums_residuals_of_groups_to_clusters() -> None:
    pool = with_random_weights(pooled(NeXtVLADPool(12, 3, 5))).pool
    photos = np.random.default_rng(0).normal(size=(4, 16)).astype(np.float32)
    projected = photos @ pool.project.kernel.numpy() + pool.project.bias.numpy()
    gates = pool.gate(projected).numpy()
    assigned = pool.assign(projected).numpy().reshape(4, 3, 5)
    sums = np.zeros((5, 4))
    for n in range(4):
        for g in range(3):
            group = projected[n, 4 * g : 4 * g + 4]
            share = gates[n, g] * _softmax(assigned[n, g])
            sums += share[:, None] * (group - pool.centres.numpy())
    expected = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    vectors, log_weights = pool(photos[None])
    np.testing.assert_allclose(vectors[0], expected.ravel(), atol=1e-4)
    weights = gates.sum(axis=1) / gates.sum()
    np.testing.assert_allclose(np.exp(log_weights[0]), weights, atol=1e-5)


def test_attention_block_follows_the_set_transformers_equations() -> None:
    block = AttentionBlock(width=4, heads=2)
    block.build((None, None, 4))
    random = np.random.default_rng(0)
    for weight in block.trainable_weights:
        weight.assign(random.normal(size=weight.shape))
    x, y = (random.normal(size=(n, 4)).astype(np.float32) for n in (2, 3))
    query, key, value = (
        block.dense[name](array).numpy()
        for name, array in (("query", x), ("key", y), ("value", y))
    )
    heads = []
    for h in (slice(0, 2), slice(2, 4)):
        scores = query[:, h] @ key[:, h].T / 2**0.5
        heads.append(np.stack([_softmax(s) for s in scores]) @ value[:, h])
    seen = np.concatenate(heads, axis=1).astype(np.float32)
    hidden = block.norms[0](x + block.dense["output"](seen))
    expected = block.norms[1](hidden + block.dense["feed_forward"](hidden))
    np.testing.assert_allclose(block(x[None], y[None])[0][0], expected, atol=1e-4)


def test_widths_that_cannot_be_shared_are_named() -> None:
    with pytest.raises(ValueError, match="divide 128.*3"):
        AttentionBlock(width=128, heads=3)
    with pytest.raises(ValueError, match="divide 512.*5"):
        NeXtVLADPool(projected=512, groups=5)


def test_a_contribution_is_the_weight_times_the_photos_own_answer() -> None:
    aggregator = with_random_weights(pooled(TwoBlockPool(0.5)))
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
    aggregator = with_random_weights(pooled(TwoBlockPool(0.25), hidden=64, dropout=0.5))
    features = random_features(1, 6, 16)
    still = aggregator(features).numpy()
    np.testing.assert_array_equal(aggregator(features), still)
    assert np.abs(aggregator(features, training=True).numpy() - still).max() > 1e-3


def test_a_channel_that_never_fires_cannot_explode() -> None:
    aggregator = with_random_weights(pooled(MeanPool()))
    training = random_features(50, 16)
    training[:, 3] = 0
    aggregator.adapt(training)
    photo = np.zeros((1, 16), np.uint8)
    photo[0, 3] = 200
    assert np.abs(aggregator.standardise(photo)).max() <= 200


@pytest.mark.parametrize("photos", [1, 4096])
def test_any_number_of_photos(photos: int) -> None:
    for aggregator in (*map(pooled, POOLS), PhotoEvidence(**SMALL)):
        with_random_weights(aggregator)
        answer = aggregator.explain(random_features(photos, 16))
        assert all(np.isfinite(array).all() for array in answer.values())
        np.testing.assert_allclose(answer["contributions"].sum(axis=0), 1, atol=1e-4)


def test_wrong_dimension_is_named() -> None:
    with pytest.raises(ValueError, match="dimension 16.*17"):
        pooled(MeanPool())(random_features(1, 2, 17))
    with pytest.raises(ValueError, match="feature_scale"):
        PhotoEvidence(16, 7, feature_scale=0.0)
    with pytest.raises(ValueError, match="categories=0"):
        PhotoEvidence(16, 0, FEATURE_SCALE)


def test_loads_without_naming_the_class(tmp_path: Path) -> None:
    """The export knows a path only."""
    path = tmp_path / "aggregator.keras"
    keras.saving.save_model(with_random_weights(PhotoEvidence(**SMALL)), path)
    assert keras.saving.load_model(path).state_spec().shape == (8,)


def _softmax(values: np.ndarray) -> np.ndarray:
    weights = np.exp(values - values.max())
    return weights / weights.sum()
