"""Trains an aggregator on users' sets, epoch by epoch, with resume."""

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import keras
import numpy as np
import tensorflow as tf

from training.aggregators.aggregator import Aggregator
from training.aggregators.config import SetTrainingConfig
from training.aggregators.set_batches import SetBatches
from training.aggregators.set_models import batches_for, new_aggregator, trainable
from training.aggregators.training_state import TrainingState
from training.distribution import Distribution
from training.features.feature_set import FeatureSet
from training.losses import weighted_binary_crossentropy
from training.metrics.interest_metrics import average_precision
from training.metrics.predictor import Predictor, keras_predictor, predict_sets
from training.runs.keras_progress import KerasProgress
from training.simulation import scenario_names
from training.simulation.simulate import draw_users
from training.simulation.user_sets import UserSet, UserSets, labels

logger = logging.getLogger(__name__)


def fit_on_sets(
    config: SetTrainingConfig,
    feature_set: FeatureSet,
    user_sets: UserSets,
    directory: Path,
    scratch: Path,
    distribution: Distribution,
    watch: Callable[[int, float], None] = lambda epoch, quality: None,
) -> tuple[Aggregator, dict[str, Any]]:
    """Trains until the validation MAP stops rising; keeps the best epoch's weights.

    Args:
        config: What to train.
        feature_set: The photos' features and labels.
        user_sets: Users, as sets of these photos.
        directory: Folder of the run; gets `board/` for TensorBoard.
        scratch: Folder for the checkpoints that a killed run resumes from.
        distribution: Where training runs.
        watch: Gets the number and the validation MAP of each finished epoch; what it
            raises ends the training.

    Returns:
        The aggregator, and as JSON values the validation MAP of each epoch and the
        number of the best epoch.
    """
    keras.utils.set_random_seed(config.seed)
    with distribution.strategy.scope():
        aggregator = new_aggregator(config, feature_set)
        loss = partial(
            weighted_binary_crossentropy, positive_weight=config.positive_weight
        )
        model = trainable(aggregator, config, loss)
        state = TrainingState(
            scratch,
            model,
            config.epochs,
            writes=distribution.is_chief,
        )
    progress = KerasProgress(config.name, config.epochs)
    training: SetBatches | None = None
    validation = user_sets.sets(scenario_names.USERS, "validation")
    predictor = keras_predictor(aggregator)
    board = (
        tf.summary.create_file_writer(str(directory / "board"))
        if distribution.is_chief
        else tf.summary.create_noop_writer()
    )
    while not state.is_finished(config.patience):
        epoch = state.epochs_done
        if training is None or config.redrawn_users:
            sets = _training_sets(config, feature_set, user_sets, epoch)
            training = batches_for(aggregator, config, feature_set, sets)
        (mean_loss,) = distribution.fit(
            model,
            loss,
            partial(training.epoch, config.seed * 10_000 + epoch),
            initial_epoch=epoch,
            epochs=epoch + 1,
            callbacks=[progress],
        )
        quality = distribution.all_reduce_mean(
            _validation_map(predictor, validation, feature_set)
        )
        logger.info("%s: validation MAP %.4f", config.name, quality)
        with board.as_default(step=epoch):
            tf.summary.scalar("loss", mean_loss)
            tf.summary.scalar("validation_map", quality)
        board.flush()
        state.record(quality)
        distribution.barrier()
        watch(epoch, quality)
    state.restore_best()
    return aggregator, {"validation_map": state.history, "best_epoch": state.best_epoch}


def _training_sets(
    config: SetTrainingConfig, feature_set: FeatureSet, user_sets: UserSets, epoch: int
) -> list[UserSet]:
    if epoch and config.redrawn_users:
        drawn = draw_users(feature_set, config.redrawn_users, "train", epoch)
        return drawn[: config.training_users]
    return [
        user
        for scenario in config.scenarios
        for user in user_sets.sets(scenario, "train")[: config.training_users]
    ]


def _validation_map(
    predictor: Predictor, sets: list[UserSet], feature_set: FeatureSet
) -> float:
    truth = labels(sets, feature_set).astype(bool)
    probabilities = predict_sets(predictor, sets, feature_set)
    return float(np.nanmean(average_precision(truth, probabilities)))
