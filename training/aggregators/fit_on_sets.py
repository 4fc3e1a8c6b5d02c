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
from training.arrays import Tensor
from training.distribution import Distribution, Loss
from training.features.feature_set import FeatureSet
from training.losses import weighted_binary_crossentropy
from training.metrics.interest_metrics import average_precision
from training.metrics.predictor import Predictor, keras_predictor, predict_sets
from training.runs.keras_progress import KerasProgress
from training.simulation import scenario_names
from training.simulation.user_sets import UserSet, UserSets, labels

logger = logging.getLogger(__name__)
GPU_LENGTH_STEP = 8
"""On a GPU, Keras compiles a step for each length of the sets in a batch."""


def fit_on_sets(
    config: SetTrainingConfig,
    feature_set: FeatureSet,
    user_sets: UserSets,
    directory: Path,
    scratch: Path,
    distribution: Distribution,
) -> tuple[PooledAggregator, dict[str, Any]]:
    """Trains until the validation MAP stops rising; keeps the best epoch's weights.

    Args:
        config: What to train.
        feature_set: The photos' features and labels.
        user_sets: Users, as sets of these photos.
        directory: Folder of the run; gets `board/` for TensorBoard.
        scratch: Folder for the checkpoints that a killed run resumes from.
        distribution: Where training runs.

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
    sets = _training_sets(config, user_sets)
    training = batches_for(aggregator, config, feature_set, sets)
    validation = user_sets.sets(scenario_names.USERS, "validation")
    predictor = keras_predictor(aggregator)
    board = (
        tf.summary.create_file_writer(str(directory / "board"))
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


def batches_for(
    aggregator: PooledAggregator,
    config: SetTrainingConfig,
    feature_set: FeatureSet,
    sets: list[UserSet],
) -> SetBatches:
    """Prepares what `trainable` learns from: a set is pooled once where it can be."""
    standardised = aggregator.standardise(feature_set.features)
    step = GPU_LENGTH_STEP if tf.config.list_physical_devices("GPU") else 1
    batches = SetBatches(sets, feature_set, standardised, config.batch_users, step)
    if aggregator.pool.trainable_weights:
        return batches
    return batches.pooled(lambda photos, mask: aggregator.pool(photos, mask=mask)[0])


def trainable(
    aggregator: PooledAggregator, config: SetTrainingConfig, loss: Loss
) -> keras.Model:
    """Wraps a built layer in a compiled model of what `batches_for` gives."""
    learns = aggregator.pool.trainable_weights
    model = OnStandardised(aggregator) if learns else OnPooled(aggregator)
    model.compile(keras.optimizers.Adam(config.learning_rate), loss=loss)
    return model


class OnStandardised(keras.Model):
    """Trains an aggregator on photos that are standardised already."""

    def __init__(self, aggregator: PooledAggregator) -> None:
        super().__init__()
        self.aggregator = aggregator

    def call(self, inputs: Tensor, training: bool = False) -> Tensor:
        """Returns logits of `(photos, mask)`."""
        photos, mask = inputs
        return self.aggregator.logits(photos, mask, training)


class OnPooled(keras.Model):
    """Trains an aggregator whose pool learns nothing on sets that are pooled."""

    def __init__(self, aggregator: PooledAggregator) -> None:
        super().__init__()
        self.aggregator = aggregator

    def call(self, vectors: Tensor, training: bool = False) -> Tensor:
        """Returns logits of pooled sets `(batch, length)`."""
        return self.aggregator.head(vectors, training=training)


def _training_sets(config: SetTrainingConfig, user_sets: UserSets) -> list[UserSet]:
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
