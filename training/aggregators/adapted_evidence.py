"""Photo evidence adapted to the priors and co-occurrences of one population."""

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras import ops

from training.aggregators.aggregator import Aggregator, Prediction, Signature, StateSpec
from training.aggregators.log_space import EMPTY, log_sum_exp
from training.aggregators.photo_evidence import PhotoEvidence
from training.arrays import Tensor


@keras.saving.register_keras_serializable("photo_interests")
class AdaptedEvidence(Aggregator):
    """Adds to the logits y of photo evidence b_c + sum_j V_cj sigmoid(y_j).

    The offsets b hold how common an interest is among a deployer's users, the context
    V which other interests it occurs with. Both belong to one population. Photos are
    classified as before, and their contributions stay the same.

    Args:
        universal: Photo evidence, built or as its config.
    """

    def __init__(
        self, universal: PhotoEvidence | dict[str, Any], **kwargs: Any
    ) -> None:
        own: PhotoEvidence = (
            keras.saving.deserialize_keras_object(universal)
            if isinstance(universal, dict)
            else universal
        )
        # What the config repeats of `Aggregator` is the universal one's.
        kwargs |= {
            "dimension": own.dimension,
            "categories": own.categories,
            "feature_scale": own.feature_scale,
        }
        super().__init__(**kwargs)
        self.universal = own

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the weights for features `(batch, photos, dimension)`."""
        if not self.universal.built:
            self.universal.build(input_shape)
        # The standardisation in use is the universal one's.
        self.standardise = self.universal.standardise
        self.context = keras.layers.Dense(
            self.categories, kernel_initializer="zeros", name="context"
        )
        self.context.build((None, self.categories))

    def set_adapter(self, offsets: np.ndarray, context: np.ndarray) -> None:
        """Sets b `(categories,)` and V `(categories, categories)`."""
        self.context.set_weights([context.T, offsets])

    def interest_logits(self, pooled: Tensor) -> Tensor:
        """Returns the interests' logits of evidence `(users, categories + 1)`."""
        logits = self.universal.interest_logits(pooled)
        return logits + self.context(ops.sigmoid(logits))

    def call(
        self, features: Tensor, mask: Tensor | None = None, training: bool = False
    ) -> Tensor:
        """Returns the logits of the interests, `(batch, categories)`."""
        batch, photos = ops.shape(features)[:2]
        flat = ops.reshape(features, (-1, self.dimension))
        evidence = self.universal.evidence(self.universal.photo_logits(flat))
        evidence = ops.reshape(evidence, (batch, photos, self.categories + 1))
        if mask is not None:
            evidence = ops.where(mask[:, :, None], evidence, EMPTY)
        return self.interest_logits(log_sum_exp(evidence, axis=1))

    def predict(self, features: Tensor) -> Prediction:
        """Returns interests, contributions and what is on each photo."""
        state, photos = self.universal.read(features)
        return {**self.finish(state), **photos}

    def update(self, features: Tensor, state: Tensor) -> Prediction:
        """Adds photos `(photos, dimension)` to a state `(categories + 1,)`."""
        return self.universal.update(features, state)

    def finish(self, state: Tensor) -> Prediction:
        """Returns the interests `(categories,)` of a state."""
        logits = self.interest_logits(ops.reshape(state, (1, -1)))
        return {"probabilities": ops.sigmoid(ops.reshape(logits, (-1,)))}

    def signatures(self) -> Mapping[str, Signature]:
        """Returns `predict`, and `update` and `finish` over a state."""
        predict = dict(super().signatures())
        features = predict["predict"][1][0]
        state = tf.TensorSpec([self.categories + 1], tf.float32, name="state")
        return {
            **predict,
            "update": (self.update, [features, state]),
            "finish": (self.finish, [state]),
        }

    def state_spec(self) -> StateSpec:
        """Returns the state of the universal one."""
        return self.universal.state_spec()

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        universal = keras.saving.serialize_keras_object(self.universal)
        return {**super().get_config(), "universal": universal}
