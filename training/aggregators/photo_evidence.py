"""An instance classifier with log-sum-exp pooling (multiple-instance learning)."""

from collections.abc import Mapping
from typing import Any

import keras
import tensorflow as tf
from keras import ops

from training.aggregators.aggregator import Aggregator, Prediction, Signature, StateSpec
from training.aggregators.hidden_layer import HiddenLayer
from training.aggregators.log_space import (
    EMPTY,
    log_add_exp,
    log_odds,
    log_sum_exp,
    log_sum_exp_and_shares,
)
from training.aggregators.per_channel_scaled_dense import PerChannelScaledDense
from training.aggregators.photo_classifier import LinearInputs, PhotoClassifier
from training.arrays import Tensor

SCALARS = {
    "scale": 1.0,
    "none_offset": 0.0,
    "inverse_temperature": 1.0,
    "slope": 1.0,
    "offset": 0.0,
    "set_size_penalty": 0.0,
}
"""The six weights that pooling adds, with the values that leave evidence as it is."""


@keras.saving.register_keras_serializable("photo_interests")
class PhotoEvidence(Aggregator):
    """Photo evidence: an instance classifier with log-sum-exp pooling (MIL).

    It classifies each photo, then pools the photos' log-odds per category.

    The features x of a photo are standardised and clipped (Sun et al., "ReAct:
    Out-of-distribution Detection With Rectified Activations", 2021: OOD photos owe
    their confident predictions to a few extreme channels). The photo is in category
    c, or in the background class (the last one), with p(x, .) = softmax(s (W x + b) +
    d e_none) and log-odds z = logit p. Category c's evidence in N photos is
    r_c = log sum_x exp(t z_xc) / t, its logit a r_c + o - k log N: among more photos
    more are misclassified by chance. The six scalars are `scale` s, `none_offset`
    d, `inverse_temperature` t, `slope` a, `offset` o, `set_size_penalty` k; nothing
    else is fitted to users, so nothing about a population is learnt. A photo's share in
    an interest is softmax over photos of t z.

    The evidence is a sum over photos: it can be carried in a state of one number
    per category and one for log N, the same sum over zeros. Photos are added
    without reading the earlier ones again.

    Args:
        dimension: See `Aggregator`.
        categories: See `Aggregator`.
        feature_scale: See `Aggregator`.
        feature_limit: Largest size of a standardised feature; what is beyond is cut.
        hidden: Units of a hidden layer h = max(0, U y + u), which the classifier reads
            beside x. 0 for a linear classifier.
        hidden_limit: Cuts the features y that the hidden layer reads; at least
            `feature_limit`.
        linear_feature_offset: First of the features x that the classifier reads beside
            the hidden layer; those before are the hidden layer's alone.
    """

    def __init__(
        self,
        dimension: int,
        categories: int,
        feature_scale: float,
        feature_limit: float = 1.0,
        hidden: int = 0,
        hidden_limit: float = 2.0,
        linear_feature_offset: int = 0,
        **kwargs: Any,
    ) -> None:
        super().__init__(dimension, categories, feature_scale, **kwargs)
        if not feature_limit > 0:
            raise ValueError(
                f"feature_limit: expected a positive number, received {feature_limit}"
            )
        if hidden < 0:
            raise ValueError(f"hidden: expected 0 units or more, received {hidden}")
        if hidden and hidden_limit < feature_limit:
            raise ValueError(
                f"hidden_limit: expected at least the feature_limit {feature_limit}, "
                f"received {hidden_limit}"
            )
        if not 0 <= linear_feature_offset < dimension or (
            linear_feature_offset and not hidden
        ):
            raise ValueError(
                f"linear_feature_offset: expected 0, or below {dimension} beside "
                f"hidden units, received {linear_feature_offset} beside {hidden}"
            )
        self.feature_limit = feature_limit
        self.hidden = hidden
        self.hidden_limit = hidden_limit
        self.linear_feature_offset = linear_feature_offset

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Creates the weights for features `(batch, photos, dimension)`."""
        super().build(input_shape)
        if self.hidden:
            self.hidden_layer = PerChannelScaledDense(
                self.hidden, activation="relu", name="hidden"
            )
            self.hidden_layer.build((None, self.dimension))
        self.classifier = PerChannelScaledDense(self.labelled + 1, name="classifier")
        read = self.dimension - self.linear_feature_offset + self.hidden
        self.classifier.build((None, read))
        for name, value in SCALARS.items():
            initial = keras.initializers.Constant(value)
            weight = self.add_weight(
                name=name, shape=self.scalar_shape(name), initializer=initial
            )
            setattr(self, name, weight)

    @property
    def labelled(self) -> int:
        """Number of categories that the classifier learns from labelled photos: all."""
        return self.categories

    def scalar_shape(self, name: str) -> tuple[int, ...]:
        """Returns the shape of one of `SCALARS`."""
        return ()

    def fitted_classifier(self) -> PhotoClassifier:
        """Returns a copy of the classifier, its hidden layer included."""
        kernel, bias = self.classifier.get_weights()
        hidden = HiddenLayer(*self.hidden_layer.get_weights()) if self.hidden else None
        return PhotoClassifier(kernel, bias, hidden, self.linear_inputs)

    @property
    def linear_inputs(self) -> LinearInputs | None:
        """Features that the classifier reads beside hidden units; None without them."""
        return (
            LinearInputs(self.feature_limit, self.linear_feature_offset)
            if self.hidden
            else None
        )

    def load_classifier(self, classifier: PhotoClassifier) -> None:
        """Loads the weights of a fitted classifier with as many hidden units."""
        self.classifier.set_weights([classifier.kernel, classifier.bias])
        if classifier.hidden is not None:
            self.hidden_layer.set_weights(list(classifier.hidden))

    def clipped(self, features: Tensor) -> Tensor:
        """Standardises stored features `(photos, dimension)` and cuts the far ones."""
        limit = self.hidden_limit if self.hidden else self.feature_limit
        return ops.clip(self.standardise(features), -limit, limit)

    def inputs(self, features: Tensor) -> Tensor:
        """Gives what the classifier reads of stored features `(photos, dimension)`.

        Returns:
            `(photos, dimension - linear_feature_offset + hidden)`: the clipped
            features, then the hidden layer over them, if there is one.
        """
        return self.with_hidden_units(self.clipped(features))

    def with_hidden_units(self, clipped: Tensor) -> Tensor:
        """Concatenates the linear features and the hidden units, if there are any."""
        if not self.hidden:
            return clipped
        line = clipped[:, self.linear_feature_offset :]
        line = ops.clip(line, -self.feature_limit, self.feature_limit)
        return ops.concatenate([line, self.hidden_layer(clipped)], axis=-1)

    def photo_logits(self, features: Tensor) -> Tensor:
        """Classifies stored features `(photos, dimension)`, background as last class.

        Returns:
            Logits `(photos, categories + 1)`, scaled and with the background offset.
        """
        logits = self.scale * self.classifier(self.inputs(features))
        is_none = ops.arange(self.labelled + 1) == self.labelled
        return logits + self.none_offset * ops.cast(is_none, logits.dtype)

    def evidence(self, photo_logits: Tensor) -> Tensor:
        """Returns t z of logits with the background class, and 0 as last column.

        Returns:
            `(photos, categories + 1)`; summed as evidence is, the zeros count photos.
        """
        odds = self.inverse_temperature * log_odds(photo_logits)[:, :-1]
        return ops.concatenate([odds, ops.zeros_like(odds[:, :1])], axis=1)

    def interest_logits(self, pooled: Tensor) -> Tensor:
        """Returns the interests' logits of summed evidence `(..., categories + 1)`."""
        photos = ops.maximum(pooled[..., -1:], 0.0)  # not below none of them
        strength = self.slope * pooled[..., :-1] / self.inverse_temperature
        return strength + self.offset - self.set_size_penalty * photos

    def call(
        self, features: Tensor, mask: Tensor | None = None, training: bool = False
    ) -> Tensor:
        """Returns the logits of the interests, `(batch, categories)`."""
        batch, photos = ops.shape(features)[:2]
        flat = ops.reshape(features, (-1, self.dimension))
        evidence = self.evidence(self.photo_logits(flat))
        evidence = ops.reshape(evidence, (batch, photos, self.categories + 1))
        if mask is not None:
            evidence = ops.where(mask[:, :, None], evidence, EMPTY)
        return self.interest_logits(log_sum_exp(evidence, axis=1))

    def predict(self, features: Tensor) -> Prediction:
        """Returns interests, contributions and what is on each photo."""
        state, photos = self.read(features)
        return {**self.finish(state), **photos}

    def read(self, features: Tensor) -> tuple[Tensor, Prediction]:
        """Returns the state of photos, and contributions and what is on each."""
        odds = self._odds(features)
        pooled, contributions = log_sum_exp_and_shares(
            self.inverse_temperature * odds, axis=0
        )
        of_photos = {
            "contributions": contributions,
            "photo_probabilities": ops.sigmoid(odds),
        }
        return self._with_photos(pooled, features), of_photos

    def update(self, features: Tensor, state: Tensor) -> Prediction:
        """Adds photos `(photos, dimension)` to a state `(categories + 1,)`."""
        pooled = log_sum_exp(self.inverse_temperature * self._odds(features), axis=0)
        return {"state": log_add_exp(state, self._with_photos(pooled, features))}

    def _odds(self, features: Tensor) -> Tensor:
        """Returns z `(photos, categories)` of stored features."""
        return log_odds(self.photo_logits(features))[:, :-1]

    def _with_photos(self, pooled: Tensor, features: Tensor) -> Tensor:
        """Appends log N, the sum of `evidence`'s zeros, without a column of them."""
        photos = ops.cast(ops.shape(features)[0], pooled.dtype)
        return ops.concatenate([pooled, ops.reshape(ops.log(photos), (1,))], axis=0)

    def finish(self, state: Tensor) -> Prediction:
        """Returns the interests `(categories,)` of a state."""
        return {"probabilities": ops.sigmoid(self.interest_logits(state))}

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
        """Returns the running log-sum-exp of evidence, and last that of the photos."""
        return StateSpec((self.categories + 1,), EMPTY, "logaddexp")

    def get_config(self) -> dict[str, Any]:
        """Returns the constructor's arguments."""
        return {
            **super().get_config(),
            "feature_limit": self.feature_limit,
            "hidden": self.hidden,
            "hidden_limit": self.hidden_limit,
            "linear_feature_offset": self.linear_feature_offset,
        }
