"""Trains an aggregator on users' sets, epoch by epoch, with resume."""

import logging
from functools import partial
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from training.aggregators.config import SetTrainingConfig
from training.aggregators.pooled_aggregator import PooledAggregator
from training.aggregators.set_batches import SetBatches
from training.aggregators.training_state import TrainingState
from training.backbone.run_progress import RunProgress
from training.distribution import Distribution, Loss
from training.evaluation.metrics import average_precision
from training.evaluation.predictor import keras_predictor, predict_sets
from training.features.feature_set import FeatureSet
from training.losses import weighted_binary_crossentropy
from training.users import worlds
from training.users.user_sets import UserSet, UserSets, labels

logger = logging.getLogger(__name__)


def fit_on_sets(
    config: SetTrainingConfig,
    feature_set: FeatureSet,
    user_sets: UserSets,
    run_directory: Path,
    distribution: Distribution,
) -> tuple[PooledAggregator, dict[str, Any]]:
    """Trains until the validation MAP stops rising; returns the best epoch's weights.

    Returns:
        The aggregator, and the course of training as JSON values.
    """
    keras.utils.set_random_seed(config.seed)
    with distribution.strategy.scope():
        aggregator = new_aggregator(config, feature_set)
        loss = partial(
            weighted_binary_crossentropy, positive_weight=config.positive_weight
        )
        model = trainable(aggregator, config, loss)
        state = TrainingState(
            run_directory / "checkpoints",
            model,
            config.epochs,
            writes=distribution.is_chief,
        )
    progress = RunProgress(config.name, config.epochs)
    training = SetBatches(
        _training_sets(config, user_sets),
        feature_set,
        aggregator.standardise(feature_set.features),
        config.batch_users,
    )
    validation = user_sets.sets(worlds.USERS, "validation")
    predictor = keras_predictor(aggregator)
    board = (
        tf.summary.create_file_writer(str(run_directory / "board"))
        if distribution.is_chief
        else tf.summary.create_noop_writer()
    )
    while not state.is_finished(config.patience):
        epoch = state.epochs_done
        (mean_loss,) = distribution.fit(
            model,
            loss,
            partial(training.epoch, config.seed * 10_000 + epoch),
            initial_epoch=epoch,
            epochs=epoch + 1,
            callbacks=[progress],
        )
        quality = distribution.agree(
            _validation_map(predictor, validation, feature_set)
        )
        logger.info("%s: validation MAP %.4f", config.name, quality)
        with board.as_default(step=epoch):
            tf.summary.scalar("loss", mean_loss)
            tf.summary.scalar("validation_map", quality)
        board.flush()
        state.record(quality)
        distribution.wait_for_all()
    state.restore_best()
    return aggregator, {"validation_map": state.history, "best_epoch": state.best_epoch}


def new_aggregator(
    config: SetTrainingConfig, feature_set: FeatureSet
) -> PooledAggregator:
    """Builds the config's network and fits its standardisation to training photos."""
    aggregator = config.aggregator(
        dimension=feature_set.dimension,
        categories=len(feature_set.categories),
        feature_scale=feature_set.scale,
        **config.options,
    )
    aggregator.build((None, None, feature_set.dimension))
    aggregator.adapt(feature_set.features[feature_set.rows("train")])
    return aggregator


def trainable(
    aggregator: PooledAggregator, config: SetTrainingConfig, loss: Loss
) -> keras.Model:
    """Wraps a built layer in a compiled model of standardised photos and their mask."""
    model = OnStandardised(aggregator)
    model.compile(keras.optimizers.Adam(config.learning_rate), loss=loss)
    return model


class OnStandardised(keras.Model):
    """Trains an aggregator on photos that are standardised already."""

    def __init__(self, aggregator: PooledAggregator) -> None:
        super().__init__()
        self.aggregator = aggregator

    def call(self, inputs: Any, training: bool = False) -> Any:
        """Returns logits of `(photos, mask)`."""
        photos, mask = inputs
        return self.aggregator.logits(photos, mask, training)


def _training_sets(config: SetTrainingConfig, user_sets: UserSets) -> list[UserSet]:
    return [
        user
        for world in config.worlds
        for user in user_sets.sets(world, "train")[: config.training_users]
    ]


def _validation_map(
    predictor: Any, sets: list[UserSet], feature_set: FeatureSet
) -> float:
    truth = labels(sets, feature_set).astype(bool)
    probabilities = predict_sets(predictor, sets, feature_set)
    return float(np.nanmean(average_precision(truth, probabilities)))
