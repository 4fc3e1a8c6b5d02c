"""A hidden layer for the photo classifier, learnt before it on the same photos.

It consists of several small networks learnt apart, whose mistakes differ
(Lakshminarayanan et al., 2017, "Simple and Scalable Predictive Uncertainty Estimation
using Deep Ensembles").
"""

from typing import NamedTuple

import keras
import numpy as np

NETWORKS = 3
EPOCHS = 60
BATCH_PHOTOS = 128
LEARNING_RATE = 3e-3
WEIGHT_DECAY = 0.05
DROPOUT = 0.5
SMOOTHING = 0.1
MIXING = 1.0
"""Both parameters of the beta distribution that photos are mixed by."""


class HiddenLayer(NamedTuple):
    """h = max(0, x U + u) of standardised features x.

    Attributes:
        kernel: U, float32 `(dimension, units)`.
        bias: u, float32 `(units,)`.
    """

    kernel: np.ndarray
    bias: np.ndarray

    def __call__(self, photos: np.ndarray) -> np.ndarray:
        """Standardised photos `(photos, dimension)` to `(photos, units)`."""
        return np.maximum(photos @ self.kernel + self.bias, 0)


def learn_hidden_layer(
    photos: np.ndarray, labels: np.ndarray, classes: int, units: int, seed: int
) -> HiddenLayer:
    """Learn the units of `NETWORKS` networks, about as many of each.

    Args:
        photos: Standardised features, float32 `(photos, dimension)`.
        labels: Their classes, int `(photos,)`.
        classes: Categories and none.
        units: Of the layer, at least `NETWORKS`.
        seed: Of the first weights, the mixing and dropout.

    Returns:
        The layer, the units of each network scaled to the mean square of the features,
        so that one penalty suits the weights of all.
    """
    sizes = [len(part) for part in np.array_split(np.arange(units), NETWORKS)]
    learnt = [
        _learn_network(photos, labels, classes, size, NETWORKS * seed + number)
        for number, size in enumerate(sizes)
    ]
    kernels, biases = zip(*learnt, strict=True)
    return HiddenLayer(np.hstack(kernels), np.concatenate(biases))


def _learn_network(
    photos: np.ndarray, labels: np.ndarray, classes: int, units: int, seed: int
) -> HiddenLayer:
    """Learn a hidden layer under a classifier that is then thrown away.

    Mixed photos (Zhang et al., 2018, "mixup: Beyond Empirical Risk Minimization"),
    dropout and smoothed labels keep so large a layer from learning photos by heart.
    """
    keras.utils.set_random_seed(seed)
    hidden = keras.layers.Dense(
        units, activation="relu", kernel_initializer="he_normal"
    )
    network = keras.Sequential(
        [
            keras.Input(photos.shape[1:]),
            keras.layers.Dropout(DROPOUT, seed=seed),
            hidden,
            keras.layers.Dropout(DROPOUT, seed=seed + 1),
            keras.layers.Dense(classes),
        ]
    )
    targets = np.eye(classes, dtype=np.float32)[labels]
    batches = _Mixed(photos, targets, seed)
    rate = keras.optimizers.schedules.CosineDecay(LEARNING_RATE, EPOCHS * len(batches))
    network.compile(
        keras.optimizers.AdamW(rate, weight_decay=WEIGHT_DECAY),
        loss=keras.losses.CategoricalCrossentropy(
            from_logits=True, label_smoothing=SMOOTHING
        ),
    )
    network.fit(batches, epochs=EPOCHS, verbose=0)
    learnt = HiddenLayer(*hidden.get_weights())
    size = np.sqrt((photos**2).mean() / (learnt(photos) ** 2).mean())
    return HiddenLayer(learnt.kernel * size, learnt.bias * size)


class _Mixed(keras.utils.PyDataset):
    """Batches of pairs of photos, each mixed by a share of its own."""

    def __init__(self, photos: np.ndarray, targets: np.ndarray, seed: int) -> None:
        super().__init__()
        self.photos, self.targets = photos, targets
        self.random = np.random.default_rng(seed)
        self.on_epoch_end()

    def __len__(self) -> int:
        return -(-len(self.photos) // BATCH_PHOTOS)

    def on_epoch_end(self) -> None:
        self.order = self.random.permutation(len(self.photos))
        self.other = self.random.permutation(len(self.photos))

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        part = slice(index * BATCH_PHOTOS, (index + 1) * BATCH_PHOTOS)
        one, other = self.order[part], self.other[part]
        share = self.random.beta(MIXING, MIXING, (len(one), 1)).astype(np.float32)
        return (
            share * self.photos[one] + (1 - share) * self.photos[other],
            share * self.targets[one] + (1 - share) * self.targets[other],
        )
