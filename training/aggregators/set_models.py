"""What learns from users' sets: an aggregator in a compiled model, and its batches."""

import keras
import tensorflow as tf

from training.aggregators.aggregator import Aggregator
from training.aggregators.config import SetTrainingConfig
from training.aggregators.pooled_aggregator import PooledAggregator
from training.aggregators.set_batches import SetBatches
from training.arrays import Tensor
from training.distribution import Loss
from training.features.feature_set import FeatureSet
from training.simulation.user_sets import UserSet

GPU_LENGTH_STEP = 8
"""On a GPU, Keras compiles a step for each length of the sets in a batch."""


def new_aggregator(config: SetTrainingConfig, feature_set: FeatureSet) -> Aggregator:
    """Builds the config's network and fits its standardisation to training photos.

    Standardisation that is not fitted leaves features as they are.
    """
    aggregator = config.aggregator(
        dimension=feature_set.dimension,
        categories=len(feature_set.categories),
        feature_scale=feature_set.scale,
        **config.options,
    )
    aggregator.build((None, None, feature_set.dimension))
    if not config.raw_features:
        aggregator.adapt(feature_set.features[feature_set.rows("train")])
    return aggregator


def batches_for(
    aggregator: Aggregator,
    config: SetTrainingConfig,
    feature_set: FeatureSet,
    sets: list[UserSet],
) -> SetBatches:
    """Prepares what `trainable` learns from: a set is pooled once where it can be."""
    photos = feature_set.features
    if isinstance(aggregator, PooledAggregator):
        photos = aggregator.standardise(photos)
    step = GPU_LENGTH_STEP if tf.config.list_physical_devices("GPU") else 1
    batches = SetBatches(sets, feature_set, photos, config.batch_users, step)
    if isinstance(aggregator, PooledAggregator) and _pools_once(aggregator, config):
        pool = aggregator.pool
        return batches.pooled(lambda photos, mask: pool(photos, mask=mask)[0])
    return batches


def trainable(
    aggregator: Aggregator, config: SetTrainingConfig, loss: Loss
) -> keras.Model:
    """Wraps a built layer in a compiled model of what `batches_for` gives.

    Args:
        aggregator: The layer.
        config: Its training.
        loss: From labels and logits to the mean loss of a batch.

    Raises:
        ValueError: Photos are to be altered before an aggregator that classifies each.
    """
    model: keras.Model
    if not isinstance(aggregator, PooledAggregator):
        if config.augments:
            raise ValueError(
                f"{config.name}: expected input_dropout and input_noise of 0 for "
                f"{type(aggregator).__name__}, received {config.input_dropout} and "
                f"{config.input_noise}"
            )
        model = OnStored(aggregator)
    elif _pools_once(aggregator, config):
        model = OnPooled(aggregator)
    else:
        model = OnStandardised(aggregator, config.input_dropout, config.input_noise)
    model.compile(_optimiser(config), loss=loss)
    return model


class OnStandardised(keras.Model):
    """Trains an aggregator on photos that are standardised already.

    Args:
        aggregator: Pools photos and classifies the pooled vector.
        dropout: Share of the features of a photo dropped in training.
        noise: Deviation of Gaussian noise added to them in training.
    """

    def __init__(
        self, aggregator: PooledAggregator, dropout: float = 0.0, noise: float = 0.0
    ) -> None:
        super().__init__()
        self.aggregator = aggregator
        self.noise = keras.layers.GaussianNoise(noise) if noise else None
        self.dropout = keras.layers.Dropout(dropout) if dropout else None

    def call(self, inputs: Tensor, training: bool = False) -> Tensor:
        """Returns logits of `(photos, mask)`."""
        photos, mask = inputs
        for layer in (self.noise, self.dropout):
            if layer is not None:
                photos = layer(photos, training=training)
        return self.aggregator.logits(photos, mask, training)


class OnPooled(keras.Model):
    """Trains an aggregator whose pool learns nothing on sets that are pooled."""

    def __init__(self, aggregator: PooledAggregator) -> None:
        super().__init__()
        self.aggregator = aggregator

    def call(self, vectors: Tensor, training: bool = False) -> Tensor:
        """Returns logits of pooled sets `(batch, length)`."""
        return self.aggregator.head(vectors, training=training)


class OnStored(keras.Model):
    """Trains an aggregator of another kind on stored features of photos."""

    def __init__(self, aggregator: Aggregator) -> None:
        super().__init__()
        self.aggregator = aggregator

    def call(self, inputs: Tensor, training: bool = False) -> Tensor:
        """Returns logits of `(photos, mask)`."""
        photos, mask = inputs
        return self.aggregator(photos, mask=mask, training=training)


def _pools_once(aggregator: PooledAggregator, config: SetTrainingConfig) -> bool:
    return not (aggregator.pool.trainable_weights or config.augments)


def _optimiser(config: SetTrainingConfig) -> keras.optimizers.Optimizer:
    rate: float | keras.optimizers.schedules.LearningRateSchedule = config.learning_rate
    if config.cosine_decay:
        users = config.training_users
        if users is None:
            raise ValueError(
                f"{config.name}: expected training_users beside cosine_decay, which "
                "needs the number of steps; received None"
            )
        steps = config.epochs * -(-users // config.batch_users)
        rate = keras.optimizers.schedules.CosineDecay(config.learning_rate, steps)
    if config.weight_decay:
        return keras.optimizers.AdamW(rate, weight_decay=config.weight_decay)
    return keras.optimizers.Adam(rate)
