"""The base class of aggregators: features of a person's photos to interests."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

import keras
import numpy as np
import tensorflow as tf

from training.aggregators.standardise import Standardise
from training.arrays import Tensor

Prediction = dict[str, Tensor]
"""Tensors by the name of the exported output."""
Signature = tuple[Callable[..., Prediction], list[tf.TensorSpec]]


class StateSpec(NamedTuple):
    """How evidence of several batches of photos is carried and merged."""

    shape: tuple[int, ...]
    initial: float
    merge: str


class Aggregator(keras.layers.Layer):
    """A network over a set of photos, whatever their number and order.

    Subclasses implement `call` (for training, on padded batches) and `predict` (for
    one person, with what each photo contributed).

    Args:
        dimension: Features of a photo.
        categories: Number D of interests.
        feature_scale: The value of one quantisation step of a stored feature.
    """

    def __init__(
        self, dimension: int, categories: int, feature_scale: float, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        if dimension < 1 or categories < 1:
            raise ValueError(
                "An aggregator needs at least one feature and one category. "
                f"Received: dimension={dimension}, categories={categories}"
            )
        self.dimension = dimension
        self.categories = categories
        self.feature_scale = feature_scale
        self.standardise = Standardise(feature_scale, name="standardise")
        self.supports_masking = True

    @property
    def kind(self) -> str:
        """Kind of aggregator, as cards name it."""
        return type(self).__module__.rpartition(".")[2]

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the weights for features `(batch, photos, dimension)`.

        Raises:
            ValueError: The features have another dimension.
        """
        if input_shape[-1] != self.dimension:
            raise ValueError(
                f"Expected features of dimension {self.dimension}. "
                f"Received shape: {tuple(input_shape)}"
            )
        self.standardise.build((None, self.dimension))

    def adapt(self, features: np.ndarray) -> None:
        """Fits the standardisation to stored features `(photos, dimension)`."""
        self.standardise.adapt(features)

    @abstractmethod
    def call(
        self, features: Tensor, mask: Tensor | None = None, training: bool = False
    ) -> Tensor:
        """Returns the logits of the interests, `(batch, categories)`.

        Args:
            features: Stored features, uint8 or float `(batch, photos, dimension)`.
            mask: Which photos are real, bool `(batch, photos)`; None if all are.
            training: Whether dropout is on.
        """

    def compute_mask(self, inputs: Tensor, previous_mask: Tensor | None) -> None:
        """Returns no mask: interests have no photo axis."""

    @abstractmethod
    def predict(self, features: Tensor) -> Prediction:
        """Returns one person's interests from `(photos, dimension)` features.

        Returns:
            Tensors: `probabilities` `(categories,)`; `contributions`
            `(photos, categories)`, each photo's share in an interest, so that
            each column sums to 1; `photo_probabilities` `(photos, categories)`,
            what is on each photo.
        """

    def explain(self, features: np.ndarray) -> dict[str, np.ndarray]:
        """Returns `predict` as arrays.

        Raises:
            ValueError: There is no photo, or its features have another dimension.
        """
        if features.ndim != 2 or features.shape[1] != self.dimension:
            raise ValueError(
                f"Expected features (photos, {self.dimension}). "
                f"Received shape: {features.shape}"
            )
        if not len(features):
            raise ValueError("Expected at least one photo. Received: no photos")
        prediction = self.predict(tf.convert_to_tensor(features))
        return {name: tensor.numpy() for name, tensor in prediction.items()}

    def signatures(self) -> Mapping[str, Signature]:
        """Returns the functions to export with their inputs, by signature name."""
        features = tf.TensorSpec([None, self.dimension], tf.uint8, name="features")
        return {"predict": (self.predict, [features])}

    def state_spec(self) -> StateSpec | None:
        """Returns how evidence is carried from batch to batch; None if it cannot."""
        return None

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return {
            **super().get_config(),
            "dimension": self.dimension,
            "categories": self.categories,
            "feature_scale": self.feature_scale,
        }
