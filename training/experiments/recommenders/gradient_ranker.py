"""What factorisation machines, VBPR and DVBPR share: a `BprModel` trained by Adam."""

import logging
from abc import abstractmethod
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Self

import keras
import numpy as np
import tensorflow as tf

from training.experiments.recommenders.bpr_model import BprModel
from training.experiments.recommenders.data import RankingData
from training.experiments.recommenders.factor_ranker import FactorRanker
from training.experiments.recommenders.quality import validation_quality
from training.experiments.recommenders.triples import TripleSampler

logger = logging.getLogger(__name__)


@dataclass
class GradientRanker(FactorRanker):
    """Trains factors in batches of triples and keeps those best on validation.

    Attributes:
        factors: Length of the latent factors; 0 for none.
        epochs: Largest number of times through the training pairs.
        learning_rate: Learning rate of Adam.
        batch_size: Number of triples of a step.
        eval_every: Epochs between evaluations on validation.
        patience: Evaluations without a better one until training stops.
        regularisation: See `BprModel`.
        bias_regularisation: See `BprModel`.
        seed: Seed of the random start and of the triples.
    """

    factors: int
    epochs: int
    learning_rate: float
    batch_size: int
    eval_every: int
    patience: int
    regularisation: float
    bias_regularisation: float
    seed: int

    @property
    def encoder_rate(self) -> float:
        """Learning rate of the encoder."""
        return self.learning_rate

    @abstractmethod
    def build(self, data: RankingData) -> BprModel:
        """Make the model before training."""

    def inputs(self, data: RankingData) -> np.ndarray | None:
        """What the encoder reads, `(items, ...)`; None where there is none."""
        return None

    def batches(self, sampler: TripleSampler) -> Iterable[np.ndarray]:
        """Draw one epoch in batches of one size, or a little more."""
        triples = sampler.epoch()
        yield from np.array_split(triples, max(1, len(triples) // self.batch_size))

    def fit(self, data: RankingData) -> Self:
        """Train, and keep what was best on validation.

        Raises:
            ValueError: The loss is no longer a number.
        """
        keras.utils.set_random_seed(self.seed)
        model, inputs = self.build(data), self.inputs(data)
        sampler = TripleSampler(data.train, len(data.items), self.seed)
        known = np.array([len(items) > 0 for items in data.taken])

        step = self.make_step(model)
        read = None if inputs is None else tf.constant(inputs)
        values: list[float] = []
        best: dict[str, np.ndarray] = {}
        for epoch in range(1, self.epochs + 1):
            losses = [float(step(tf.constant(b), read)) for b in self.batches(sampler)]
            if not np.isfinite(losses).all():
                raise ValueError(
                    f"epoch {epoch}: expected a finite loss, received "
                    f"{np.mean(losses)}; a smaller learning rate may help"
                )
            if epoch % self.eval_every and epoch < self.epochs:
                continue
            self.state = self.learned(model, inputs) | {"known": known}
            values.append(validation_quality(data, self.score))
            logger.info(
                "epoch %d: loss %.4f, validation %.4f",
                epoch, np.mean(losses), values[-1],
            )  # fmt: skip
            if values[-1] == max(values):
                best = self.state
            elif len(values) - int(np.argmax(values)) > self.patience:
                break
        self.state = best
        return self

    def make_step(
        self, model: BprModel
    ) -> Callable[[tf.Tensor, tf.Tensor | None], tf.Tensor]:
        """Compile one step of training: triples and item inputs to the loss before it.

        The encoder has a learning rate of its own: it starts from more than noise, or
        moves all items at once.
        """
        encoder = [] if model.encoder is None else list(model.encoder.trainable_weights)
        inside = {id(weight) for weight in encoder}
        tables = [w for w in model.trainable_weights if id(w) not in inside]
        weights = tables + encoder
        optimizer = keras.optimizers.Adam(self.learning_rate)
        optimizer.build(tables)
        encoder_optimizer = keras.optimizers.Adam(self.encoder_rate)
        encoder_optimizer.build(encoder)

        @tf.function(reduce_retracing=True)
        def step(triples: tf.Tensor, inputs: tf.Tensor | None) -> tf.Tensor:
            with tf.GradientTape() as tape:
                loss = model.loss(triples, inputs)
            gradients = tape.gradient(loss, [weight.value for weight in weights])
            # Adam moves every row at each step anyway: dense is what it needs.
            dense = [tf.convert_to_tensor(gradient) for gradient in gradients]
            optimizer.apply(dense[: len(tables)], tables)
            if encoder:
                encoder_optimizer.apply(dense[len(tables) :], encoder)
            return loss

        return step

    def learned(
        self, model: BprModel, inputs: np.ndarray | None
    ) -> dict[str, np.ndarray]:
        """Take the factors of all users and items out of the model."""
        made = item_arrays(model, inputs)
        users, items = [], []
        if model.latent:
            users.append(model.user_factors.numpy())
            items.append(made["latent"])
        if model.encoder is not None:
            users.append(model.user_visual.numpy())
            items.append(made["visual"])
        return {
            "item_bias": made["bias"],
            "item_factors": np.concatenate(items, axis=1),
            "user_factors": np.concatenate(users, axis=1),
        }


ROWS_AT_ONCE = 256


def item_arrays(model: BprModel, inputs: np.ndarray | None) -> dict[str, np.ndarray]:
    """Bias and factors of all items, by name, as `BprModel.items` makes them."""
    count = int(model.bias.shape[0])
    parts = []
    for start in range(0, count, ROWS_AT_ONCE):
        rows = np.arange(start, min(start + ROWS_AT_ONCE, count))
        read = None if inputs is None else keras.ops.convert_to_tensor(inputs[rows])
        parts.append(model.items(rows, read, training=False))
    return {
        key: np.concatenate([part[key].numpy() for part in parts]) for key in parts[0]
    }
