"""Trains a `BprModel` on triples, and stops when validation gets no better."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import keras
import numpy as np
import tensorflow as tf

from training.experiments.recommenders.bpr_model import BprModel

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Schedule:
    """How long and how fast.

    Attributes:
        epochs: Times through the training pairs, at most.
        learning_rate: Of Adam.
        encoder_learning_rate: The same for the encoder, which starts from more than
            noise or moves all items at once.
        batch_size: Triples of a step.
        look_every: Epochs between looks at validation.
        patience: Looks without a better one until training stops.
        seed: Of the random start and of the triples.
    """

    epochs: int
    learning_rate: float
    encoder_learning_rate: float
    batch_size: int
    look_every: int
    patience: int
    seed: int


def make_step(
    model: BprModel, schedule: Schedule
) -> Callable[[tf.Tensor, tf.Tensor | None], tf.Tensor]:
    """Compile one step of training: triples and item inputs to the loss before it."""
    encoder = [] if model.encoder is None else list(model.encoder.trainable_weights)
    inside = {id(weight) for weight in encoder}
    tables = [w for w in model.trainable_weights if id(w) not in inside]
    weights = tables + encoder
    optimizer = keras.optimizers.Adam(schedule.learning_rate)
    optimizer.build(tables)
    of_encoder = keras.optimizers.Adam(schedule.encoder_learning_rate)
    of_encoder.build(encoder)

    @tf.function(reduce_retracing=True)
    def step(triples: tf.Tensor, inputs: tf.Tensor | None) -> tf.Tensor:
        with tf.GradientTape() as tape:
            loss = model.loss(triples, inputs)
        gradients = tape.gradient(loss, [weight.value for weight in weights])
        # Adam moves every row at each step anyway: dense is what it needs.
        dense = [tf.convert_to_tensor(gradient) for gradient in gradients]
        optimizer.apply(dense[: len(tables)], tables)
        if encoder:
            of_encoder.apply(dense[len(tables) :], encoder)
        return loss

    return step


def train(
    model: BprModel,
    schedule: Schedule,
    epoch: Callable[[], Iterable[np.ndarray]],
    inputs: np.ndarray | None,
    quality: Callable[[], float],
) -> list[float]:
    """Train, and leave the model as it was at its best on validation.

    Args:
        model: Built.
        schedule: How long and how fast.
        epoch: Gives the batches of triples of the next epoch.
        inputs: What the encoder reads, `(items, ...)`.
        quality: Looks at validation; larger is better.

    Returns:
        The quality at each look.

    Raises:
        ValueError: The loss is no number any more.
    """
    step = make_step(model, schedule)
    read = None if inputs is None else tf.constant(inputs)
    looks: list[float] = []
    best: list[np.ndarray] = []
    for number in range(1, schedule.epochs + 1):
        loss = np.mean([float(step(tf.constant(b), read)) for b in epoch()])
        if not np.isfinite(loss):
            raise ValueError(
                f"epoch {number}: expected a finite loss, received {loss}; "
                "a smaller learning rate may help"
            )
        if number % schedule.look_every and number < schedule.epochs:
            continue
        looks.append(quality())
        logger.info("epoch %d: loss %.4f, validation %.4f", number, loss, looks[-1])
        if looks[-1] == max(looks):
            best = model.get_weights()
        elif len(looks) - int(np.argmax(looks)) > schedule.patience:
            break
    model.set_weights(best)
    return looks


def chunks(triples: np.ndarray, size: int) -> Iterator[np.ndarray]:
    """Cut triples into batches of one size; what is left over goes with the last."""
    count = max(1, len(triples) // size)
    yield from np.array_split(triples, count)
