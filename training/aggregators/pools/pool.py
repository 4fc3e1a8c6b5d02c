"""What every pool is: from the photos of a set to one vector."""

from abc import abstractmethod
from typing import Any

import keras
from keras import ops

from training.aggregators.log_space import EMPTY
from training.arrays import Tensor


class Pool(keras.layers.Layer):
    """Mixes the standardised photos of each set, whatever their number and order."""

    def __init__(self, name: str = "pool", **kwargs: Any) -> None:
        super().__init__(name=name, **kwargs)
        self.supports_masking = True

    @abstractmethod
    def call(self, photos: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Pools `(batch, photos, dimension)`.

        Args:
            photos: Standardised features.
            mask: Which photos are real, bool `(batch, photos)`; None if all are.

        Returns:
            The vectors `(batch, vector_size)` and each photo's log weight in them,
            `(batch, photos)`, whose exponentials sum to 1.
        """

    def vector_size(self, dimension: int) -> int:
        """Returns the length of the pooled vector of photos of some dimension."""
        return dimension

    def alone(self, photos: Tensor) -> Tensor:
        """Returns the vector of each of `(photos, dimension)` as a set of its own."""
        return self(photos[:, None, :])[0]

    def compute_mask(self, inputs: Tensor, previous_mask: Tensor | None) -> None:
        """Ends the mask: a pooled vector has no photos."""


class WeightedMeanPool(Pool):
    """A pool whose vector is a weighted mean, so that of one photo is the photo."""

    def alone(self, photos: Tensor) -> Tensor:
        """Returns the photos themselves."""
        return photos


def weighted_mean(
    photos: Tensor, scores: Tensor, mask: Tensor | None = None
) -> tuple[Tensor, Tensor]:
    """Returns the softmax(scores)-weighted mean of photos, and the log weights.

    Args:
        photos: `(batch, photos, dimension)`.
        scores: `(batch, photos)`.
        mask: Which photos are real, bool `(batch, photos)`; None if all are.
    """
    if mask is not None:
        scores = ops.where(mask, scores, EMPTY)
    log_weights = ops.log_softmax(scores, axis=-1)
    return ops.sum(photos * ops.exp(log_weights)[:, :, None], axis=1), log_weights


def scores_of(photos: Tensor, queries: Tensor) -> Tensor:
    """Returns the scores q.x `(batch, photos)` of queries `(batch or 1, dimension)`."""
    # Never (batch, photos, dimension) @ (dimension,): several times slower.
    return ops.sum(photos * queries[:, None, :], axis=-1)


def each_photo(layer: keras.layers.Layer, photos: Tensor) -> Tensor:
    """Applies a dense layer to `(batch, photos, dimension)`, as one matrix product.

    A product of rank 3 and rank 2 is several times slower on a CPU.
    """
    applied = layer(ops.reshape(photos, (-1, photos.shape[-1])))
    return ops.reshape(applied, (*set_shape(photos), applied.shape[-1]))


def set_shape(photos: Tensor) -> tuple[Tensor, Tensor]:
    """Returns (batch, photos) for a reshape, -1 for one that may be unknown.

    An exported network knows one of both: its reshapes then need no arithmetic.
    """
    batch, number = ops.shape(photos)[:2]
    return (-1, number) if isinstance(number, int) else (batch, -1)
