from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from synthetic import small_users

from training.aggregators.config import SetTrainingConfig
from training.aggregators.fit import fit
from training.aggregators.photo_evidence import PhotoEvidence
from training.aggregators.pooled_aggregator import PooledAggregator
from training.aggregators.pools.attention_pool import AttentionPool
from training.aggregators.pools.mean_pool import MeanPool
from training.aggregators.set_models import (
    OnPooled,
    OnStandardised,
    batches_for,
    new_aggregator,
    trainable,
)
from training.features.feature_set import FeatureSet
from training.losses import weighted_binary_crossentropy
from training.runs import Record
from training.simulation.config import SimulationConfig, get_config
from training.simulation.simulate import draw_users
from training.simulation.user_sets import labels

COUNTS = {"train": 60, "validation": 40, "test": 40}
SIMULATION = replace(
    get_config(),
    users=COUNTS,
    galleries=dict.fromkeys(COUNTS, 5),
    interest_free=dict.fromkeys(COUNTS, 5),
    large_galleries=(),
)


def loss(labels_: np.ndarray, logits: np.ndarray) -> np.ndarray:
    return weighted_binary_crossentropy(labels_, logits, 1.0)


def config(**settings: object) -> SetTrainingConfig:
    options = {"pool": AttentionPool(), "feature_limit": 1.0}
    base = SetTrainingConfig("it", PooledAggregator, options, epochs=2, batch_users=16)
    return replace(base, **settings)  # type: ignore[arg-type]


def test_features_are_clipped_before_they_are_pooled(feature_set: FeatureSet) -> None:
    clipped = new_aggregator(config(), feature_set)
    assert np.abs(clipped.standardise(feature_set.features)).max() == 1.0
    far = np.full((1, 2, feature_set.dimension), 255, np.uint8)
    farther = far.copy()
    farther[0, 0] = 250
    assert np.array_equal(clipped(far), clipped(farther))
    free = new_aggregator(config(options={"pool": AttentionPool()}), feature_set)
    assert np.abs(free.standardise(feature_set.features)).max() > 1.0
    assert not np.array_equal(free(far), free(farther))


def test_raw_features_are_read_as_they_were_stored(feature_set: FeatureSet) -> None:
    options = {"pool": AttentionPool()}
    raw = new_aggregator(config(options=options, raw_features=True), feature_set)
    expected = feature_set.features * feature_set.scale
    assert np.allclose(raw.standardise(feature_set.features), expected, atol=1e-3)
    fitted = new_aggregator(config(options=options), feature_set)
    rows = feature_set.rows("train")
    standardised = fitted.standardise(feature_set.features[rows])
    assert np.abs(np.mean(standardised, axis=0)).max() < 1e-3


def test_noise_and_dropout_alter_photos_in_training_alone(
    feature_set: FeatureSet,
) -> None:
    noisy = config(input_noise=0.3, input_dropout=0.4)
    aggregator = new_aggregator(noisy, feature_set)
    model = trainable(aggregator, noisy, loss)
    sets = draw_users(feature_set, SIMULATION, "train", 1)[:8]
    inputs, _ = next(iter(batches_for(aggregator, noisy, feature_set, sets).epoch(0)))
    plain = aggregator.logits(*inputs)
    assert np.allclose(model(inputs, training=False), plain)
    assert not np.allclose(model(inputs, training=True), plain, atol=1e-3)


def test_a_mean_of_altered_photos_is_not_taken_once(feature_set: FeatureSet) -> None:
    mean = config(options={"pool": MeanPool()})
    aggregator = new_aggregator(mean, feature_set)
    assert isinstance(trainable(aggregator, mean, loss), OnPooled)
    noisy = replace(mean, input_noise=0.3)
    assert isinstance(trainable(aggregator, noisy, loss), OnStandardised)


def test_photo_evidence_learns_from_set_labels_alone(
    feature_set: FeatureSet, tmp_path: Path
) -> None:
    users = small_users(feature_set)
    of_sets = config(
        aggregator=PhotoEvidence, options={}, epochs=6, patience=6, learning_rate=0.02
    )
    fit(of_sets, feature_set, users, tmp_path)
    scores = Record.load(tmp_path / "it").values["validation_map"]
    chance = labels(users.sets("users", "validation"), feature_set).mean()
    assert scores[-1] > max(scores[0], 3 * chance)


def test_photo_evidence_refuses_altered_photos(feature_set: FeatureSet) -> None:
    wrong = config(aggregator=PhotoEvidence, options={}, input_noise=0.1)
    aggregator = new_aggregator(wrong, feature_set)
    with pytest.raises(ValueError, match="PhotoEvidence, received 0.0 and 0.1"):
        trainable(aggregator, wrong, loss)


def test_rate_falls_to_zero_over_all_steps(feature_set: FeatureSet) -> None:
    falling = config(cosine_decay=True, weight_decay=0.1, training_users=60)
    aggregator = new_aggregator(falling, feature_set)
    optimiser = trainable(aggregator, falling, loss).optimizer
    assert optimiser.weight_decay == 0.1
    rates = [float(optimiser._learning_rate(step)) for step in (0, 4, 8)]
    assert np.allclose(rates, [1e-3, 5e-4, 0])  # 4 steps an epoch, 2 epochs


def test_cosine_needs_the_number_of_users(feature_set: FeatureSet) -> None:
    wrong = config(cosine_decay=True)
    with pytest.raises(ValueError, match="expected training_users beside cosine_decay"):
        trainable(new_aggregator(wrong, feature_set), wrong, loss)


def test_draws_give_other_users_of_the_same_split(feature_set: FeatureSet) -> None:
    first, again, other = (
        draw_users(feature_set, SIMULATION, "train", draw) for draw in (1, 1, 2)
    )
    assert len(first) == len(other) == COUNTS["train"]
    assert all(
        np.array_equal(a.photos, b.photos) for a, b in zip(first, again, strict=True)
    )
    assert any(
        not np.array_equal(a.photos, b.photos)
        for a, b in zip(first, other, strict=True)
    )
    photos = np.concatenate([user.photos for user in other])
    assert np.isin(photos, feature_set.rows("train")).all()


@pytest.mark.parametrize("redrawn", [None, SIMULATION])
def test_epochs_see_other_users_if_they_are_redrawn(
    redrawn: SimulationConfig | None, feature_set: FeatureSet, tmp_path: Path
) -> None:
    users = small_users(feature_set, COUNTS)
    one_epoch = config(epochs=1, redrawn_users=redrawn)
    first = fit(one_epoch, feature_set, users, tmp_path / "one")
    plain = fit(config(epochs=1), feature_set, users, tmp_path / "plain")
    for one, other in zip(first.get_weights(), plain.get_weights(), strict=True):
        assert np.array_equal(one, other)  # the first epoch has the given users
    longer = config(redrawn_users=redrawn, patience=9)
    second = fit(longer, feature_set, users, tmp_path / "two")
    same = fit(config(patience=9), feature_set, users, tmp_path / "same")
    equal = [
        np.array_equal(one, other)
        for one, other in zip(second.get_weights(), same.get_weights(), strict=True)
    ]
    assert all(equal) == (redrawn is None)
