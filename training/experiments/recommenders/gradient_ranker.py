"""What factorisation machines, VBPR and DVBPR share: a `BprModel` trained by Adam."""

from abc import abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import keras
import numpy as np

from training.experiments.recommenders.bpr_model import BprModel
from training.experiments.recommenders.bpr_training import Schedule, chunks, train
from training.experiments.recommenders.data import RankingData
from training.experiments.recommenders.factor_ranker import FactorRanker
from training.experiments.recommenders.quality import validation_quality
from training.experiments.recommenders.triples import TripleSampler


@dataclass
class GradientRanker(FactorRanker):
    """Trains factors in batches of triples and keeps those best on validation.

    Attributes:
        factors: Length of the latent factors; 0 for none.
        epochs: See `Schedule`.
        learning_rate: See `Schedule`.
        batch_size: See `Schedule`.
        look_every: See `Schedule`.
        patience: See `Schedule`.
        regularisation: See `BprModel`.
        bias_regularisation: See `BprModel`.
        seed: See `Schedule`.
    """

    factors: int
    epochs: int
    learning_rate: float
    batch_size: int
    look_every: int
    patience: int
    regularisation: float
    bias_regularisation: float
    seed: int

    @property
    def schedule(self) -> Schedule:
        """The part of the settings that training reads."""
        return Schedule(
            self.epochs,
            self.learning_rate,
            self.encoder_rate,
            self.batch_size,
            self.look_every,
            self.patience,
            self.seed,
        )

    @property
    def encoder_rate(self) -> float:
        """Learning rate of the encoder."""
        return self.learning_rate

    @abstractmethod
    def build(self, data: RankingData) -> BprModel:
        """Make the model before training."""

    def inputs(self, data: RankingData) -> np.ndarray | None:
        """What the encoder reads, `(items, ...)`; nothing where there is none."""
        return None

    def batches(self, sampler: TripleSampler) -> Iterable[np.ndarray]:
        """Draw one epoch in batches."""
        return chunks(sampler.epoch(), self.batch_size)

    def fit(self, data: RankingData) -> Self:
        """Train, and keep what was best on validation."""
        keras.utils.set_random_seed(self.seed)
        model, inputs = self.build(data), self.inputs(data)
        sampler = TripleSampler(data.train, len(data.items), self.seed)
        known = np.array([len(items) > 0 for items in data.taken])

        def take_over() -> None:
            self.state = self.learned(model, inputs) | {"known": known}

        def quality() -> float:
            take_over()
            return validation_quality(data, self.score)

        train(model, self.schedule, lambda: self.batches(sampler), inputs, quality)
        take_over()
        return self

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
