from functools import partial

import keras
import numpy as np
import pytest
from synthetic import small_users

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pooled_aggregator import PooledAggregator
from training.aggregators.pools.mean_pool import MeanPool
from training.aggregators.set_batches import SetBatches
from training.aggregators.set_models import (
    OnPooled,
    OnStandardised,
    batches_for,
    new_aggregator,
    trainable,
)
from training.features.feature_set import FeatureSet
from training.losses import weighted_binary_crossentropy
from training.simulation import scenario_names
from training.simulation.batches import batch_rows, padded
from training.simulation.user_sets import UserSet, labels


@pytest.fixture(scope="module")
def sets(feature_set: FeatureSet) -> list[UserSet]:
    return small_users(feature_set).sets(scenario_names.USERS, "train")


@pytest.mark.parametrize("step", [1, 8])
def test_gathers_what_padding_by_hand_does(
    step: int, feature_set: FeatureSet, sets: list[UserSet]
) -> None:
    """Same users, photos and labels, in the same order, padding masked."""
    floats = feature_set.features.astype(np.float32)
    ours = SetBatches(sets, feature_set, floats, 32, step).epoch(seed=3)
    rows = batch_rows(np.array([len(one.photos) for one in sets]), 32, seed=3)
    assert sum(map(len, rows)) == len(sets)
    for ((photos, mask), truth), chosen in zip(ours, rows, strict=True):
        members = [sets[row] for row in chosen]
        expected, real = padded(members, feature_set.features)
        longest = real.shape[1]
        np.testing.assert_array_equal(mask[:, :longest], real)
        assert mask.shape[1] == -(-longest // step) * step
        assert not mask[:, longest:].numpy().any()
        np.testing.assert_array_equal(truth, labels(members, feature_set))
        np.testing.assert_array_equal(photos[mask], expected[real])


def test_an_epoch_depends_on_its_seed_alone(
    feature_set: FeatureSet, sets: list[UserSet]
) -> None:
    floats = feature_set.features.astype(np.float32)
    once, again = (SetBatches(sets, feature_set, floats, 32) for _ in range(2))
    orders = [
        np.concatenate([truth for _, truth in made.epoch(seed)])
        for made, seed in ((once, 1), (again, 1), (once, 2))
    ]
    np.testing.assert_array_equal(orders[0], orders[1])
    assert not np.array_equal(orders[0], orders[2])


def test_pooled_once_equals_pooled_batch_by_batch(
    feature_set: FeatureSet, sets: list[UserSet]
) -> None:
    floats = feature_set.features.astype(np.float32)
    pool = MeanPool()
    whole = SetBatches(sets, feature_set, floats, 32).epoch(seed=3)
    once = SetBatches(sets, feature_set, floats, 32)
    pooled = once.pooled(lambda photos, mask: pool(photos, mask=mask)[0]).epoch(seed=3)
    for ((photos, mask), truth), (vectors, same_truth) in zip(
        whole, pooled, strict=True
    ):
        np.testing.assert_allclose(vectors, pool(photos, mask=mask)[0], rtol=1e-5)
        np.testing.assert_array_equal(same_truth, truth)


def test_training_on_pooled_sets_is_training_on_their_photos(
    feature_set: FeatureSet, sets: list[UserSet]
) -> None:
    """Same first weights, batches and dropout: the same weights in the end."""
    options = {"pool": MeanPool(), "hidden": 16, "dropout": 0.5}
    config = SetTrainingConfig("mean", PooledAggregator, options, batch_users=32)
    loss = partial(weighted_binary_crossentropy, positive_weight=1.0)
    trained = []
    for on_photos in (True, False):
        keras.utils.set_random_seed(1)
        aggregator = new_aggregator(config, feature_set)
        model = trainable(aggregator, config, loss)
        batches = batches_for(aggregator, config, feature_set, sets)
        assert isinstance(model, OnPooled)
        if on_photos:
            model = OnStandardised(aggregator)
            model.compile(keras.optimizers.Adam(config.learning_rate), loss=loss)
            standardised = aggregator.standardise(feature_set.features)
            batches = SetBatches(sets, feature_set, standardised, config.batch_users)
        for epoch in range(3):
            model.fit(batches.epoch(epoch), verbose=0, shuffle=False)
        trained.append([weight.numpy() for weight in aggregator.trainable_weights])
    for on_photos, on_vectors in zip(*trained, strict=True):
        np.testing.assert_allclose(on_vectors, on_photos, atol=1e-4)
