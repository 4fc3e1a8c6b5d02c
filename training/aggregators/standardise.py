"""From stored quantised features to standardised ones."""

from typing import Any

import keras
import numpy as np
from keras import ops

from training.arrays import Tensor


@keras.saving.register_keras_serializable("photo_interests")
class Standardise(keras.layers.Layer):
    """Dequantises stored features and standardises each channel.

    On real photos this moved ranking more than any architecture did: raw
    MobileNet features are all positive and a few channels dominate them.
    Mean and variance are stored with the weights but never trained.

    Args:
        feature_scale: The value of one quantisation step of a stored feature.
        limit: Largest size of a standardised feature, to which larger ones are
            clipped; None for no limit.
    """

    def __init__(
        self, feature_scale: float, limit: float | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        if not feature_scale > 0:
            raise ValueError(
                f"feature_scale must be positive. Received: {feature_scale}"
            )
        if limit is not None and not limit > 0:
            raise ValueError(f"limit must be positive. Received: {limit}")
        self.feature_scale = feature_scale
        self.limit = limit
        self.normalization = keras.layers.Normalization(name="normalization")

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates mean and variance for `(..., dimension)` features."""
        self.normalization.build((None, input_shape[-1]))

    def adapt(self, features: np.ndarray) -> None:
        """Sets mean and variance from stored features `(photos, dimension)`.

        The variance is at least that of one quantisation step, so that a channel
        which hardly ever fires in training cannot explode on another photo.
        """
        values = features.astype(np.float64) * self.feature_scale
        variance = np.maximum(values.var(axis=0), self.feature_scale**2)
        self.normalization.adapt_mean.assign(values.mean(axis=0))
        self.normalization.adapt_variance.assign(variance)
        self.normalization.count.assign(len(features))
        self.normalization.finalize_state()

    def call(self, features: Tensor) -> Tensor:
        """Standardises uint8 or float stored features of any leading shape."""
        values = ops.cast(features, self.compute_dtype) * self.feature_scale
        standardised = self.normalization(values)
        if self.limit is None:
            return standardised
        return ops.clip(standardised, -self.limit, self.limit)

    def compute_output_spec(self, features: Tensor) -> keras.KerasTensor:
        """Has the input's shape and the layer's own type."""
        return keras.KerasTensor(features.shape, dtype=self.compute_dtype)

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return {
            **super().get_config(),
            "feature_scale": self.feature_scale,
            "limit": self.limit,
        }
