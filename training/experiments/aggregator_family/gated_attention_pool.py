"""Gated attention of deep multiple-instance learning."""

from typing import Any

import keras

from training.aggregators.pools.pool import WeightedMeanPool, each_photo, weighted_mean
from training.arrays import Tensor


@keras.saving.register_keras_serializable("photo_interests")
class GatedAttentionPool(WeightedMeanPool):
    """The weight of x is softmax(w . (tanh(V x) * sigmoid(U x))).

    Source: Ilse et al., "Attention-based Deep Multiple Instance Learning" (ICML 2018),
    equation 9.

    Args:
        width: Units of V and of U.
    """

    def __init__(self, width: int = 128, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.width = width
        self.content = keras.layers.Dense(width, "tanh", name="content")
        self.gate = keras.layers.Dense(width, "sigmoid", name="gate")
        self.score = keras.layers.Dense(1, use_bias=False, name="score")

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the weights for photos `(batch, photos, dimension)`."""
        for layer in (self.content, self.gate):
            layer.build((None, input_shape[-1]))
        self.score.build((None, self.width))

    def call(self, photos: Tensor, mask: Tensor | None = None) -> tuple[Tensor, Tensor]:
        """Returns the weighted means and log weights."""
        gated = each_photo(self.content, photos) * each_photo(self.gate, photos)
        return weighted_mean(photos, each_photo(self.score, gated)[:, :, 0], mask)

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return {**super().get_config(), "width": self.width}
