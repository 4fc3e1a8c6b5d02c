"""Training of a network on sets: ours against plain Keras on zero-padded batches."""

import time
from collections.abc import Callable
from functools import partial
from statistics import median
from typing import Any

import keras
import numpy as np

from training.aggregators.config import SetTrainingConfig
from training.aggregators.fit_on_sets import batches_for, new_aggregator, trainable
from training.features.feature_set import FeatureSet
from training.losses import weighted_binary_crossentropy
from training.simulation.batches import padded
from training.simulation.user_sets import UserSet, labels


def compare_training(
    config: SetTrainingConfig,
    feature_set: FeatureSet,
    sets: list[UserSet],
    repeats: int,
) -> dict[str, Any]:
    """Times epochs of the same network over the same users, in turns.

    Args:
        config: Of the network.
        feature_set: The photos.
        sets: Users; all are padded to the longest of them for plain Keras.
        repeats: Timed epochs of each; one epoch before them is not timed.

    Returns:
        `users`, `longest`, users a second of both (medians), `ratio`, the median of
        the ratios of neighbouring epochs, and `prepared_seconds`, what ours takes once
        before the first epoch.
    """
    started = time.perf_counter()
    ways = {"ours": _ours(config, feature_set, sets)}
    prepared = time.perf_counter() - started
    ways["plain"] = _plain(config, feature_set, sets)
    seconds: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(repeats + 1):
        for name, epoch in ways.items():
            started = time.perf_counter()
            epoch(number)
            if number:
                seconds[name].append(time.perf_counter() - started)
    ratios = np.array(seconds["plain"]) / np.array(seconds["ours"])
    return {
        "users": len(sets),
        "longest": max(len(user.photos) for user in sets),
        "ours": len(sets) / median(seconds["ours"]),
        "plain": len(sets) / median(seconds["plain"]),
        "ratio": float(np.median(ratios)),
        "prepared_seconds": prepared,
    }


def _ours(
    config: SetTrainingConfig, feature_set: FeatureSet, sets: list[UserSet]
) -> Callable[[int], None]:
    aggregator = new_aggregator(config, feature_set)
    model = trainable(aggregator, config, _loss(config))
    batches = batches_for(aggregator, config, feature_set, sets)
    return lambda number: model.fit(batches.epoch(number), verbose=0, shuffle=False)


def _plain(
    config: SetTrainingConfig, feature_set: FeatureSet, sets: list[UserSet]
) -> Callable[[int], None]:
    """Keras as its documentation has it: arrays in, everything else by default."""
    aggregator = new_aggregator(config, feature_set)
    features = keras.Input((None, aggregator.dimension), dtype="uint8")
    mask = keras.Input((None,), dtype="bool")
    model = keras.Model([features, mask], aggregator(features, mask=mask))
    model.compile(keras.optimizers.Adam(config.learning_rate), loss=_loss(config))
    arrays = list(padded(sets, feature_set.features))
    truth = labels(sets, feature_set)
    return lambda _: model.fit(arrays, truth, config.batch_users, verbose=0)


def _loss(config: SetTrainingConfig) -> Callable[[Any, Any], Any]:
    return partial(weighted_binary_crossentropy, positive_weight=config.positive_weight)
