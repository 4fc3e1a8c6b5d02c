"""The classifier, roll-up, calibration and read-outs as one Keras layer to export."""

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np
import tensorflow as tf
from keras import ops
from scipy.special import logit

from training.aggregators.aggregator import Signature, StateSpec
from training.interests.calibration import FLOOR as PROBABILITY_FLOOR
from training.interests.graph_constants import (
    ROLL_UP,
    SCENE_ROLL_UP,
    check_order,
    graph_constants,
)
from training.interests.parts import Parts
from training.interests.repetition import (
    FLOOR,
    SMALL_SET,
    STATISTICS,
    Readout,
    accumulate,
)
from training.scenes.scene_head import SHORTEST

MAXIMUM = 1 - 1e-6
TINY = 1e-12


class InterestGraph(keras.layers.Layer):
    """Interests of a set of photos, exact in any order, from builtin operators.

    A state is `(len(STATISTICS), interests + kinds)`; states merge by adding.

    Attributes:
        kind: Kind of aggregator, as cards name it.
        dimension: Features of a photo.
        feature_scale: Real value of one step of a stored feature.
        interests: Number of interests.
        kinds: Number of kinds.

    Args:
        parts: What was fitted.
        kwargs: See `keras.layers.Layer`.
    """

    kind = "repetition"

    def __init__(self, parts: Parts, **kwargs: Any) -> None:
        super().__init__(trainable=False, **kwargs)
        self.parts = parts
        self.dimension = len(parts.head.mean)
        self.feature_scale = float(parts.head.feature_scale)
        self.interests = parts.weights.shape[1]
        self.kinds = len(parts.weights)
        check_order(parts.head)
        self.constants = {
            name: self.add_weight(
                shape=value.shape,
                initializer=keras.initializers.Constant(value.astype(np.float32)),
                trainable=False,
                name=name,
            )
            for name, value in graph_constants(parts, self.roll_ups()[1]).items()
        }
        self.built = True

    def roll_ups(self) -> tuple[np.ndarray, np.ndarray]:
        """Matrices that int8 files keep as they are, `(kinds or scenes, interests)`.

        Many small probabilities add up there, and a hybrid kernel rounds its inputs to
        8 bits.
        """
        parts = self.parts
        slope = np.float32(parts.calibration.scene_slope)
        return parts.weights, parts.scenes.weights * slope

    def photo_claims(self, features: Any) -> Any:
        """Classify stored features uint8 `(photos, D)`.

        Returns:
            Calibrated interests, then kinds, float32 `(photos, interests + kinds)`.
        """
        kinds = self._kinds(features)
        rolled = ops.minimum(ops.matmul(kinds, self.constants[ROLL_UP]), 1.0)
        odds = ops.log(rolled + PROBABILITY_FLOOR)
        odds = odds - ops.log(1.0 - rolled + PROBABILITY_FLOOR)
        logits = self.parts.calibration.slope * odds + self.constants["biases"]
        logits = logits + self._scenes(features)
        interests = ops.sigmoid(logits) * self.constants["evident"]
        return ops.concatenate([interests, kinds], axis=1)

    def update(self, features: Any, weights: Any, state: Any) -> dict[str, Any]:
        """Add photos to a state.

        Args:
            features: uint8 `(photos, D)`.
            weights: 1 / photos of each photo's event, float32 `(photos,)`.
            state: float32 `(len(STATISTICS), interests + kinds)`.

        Returns:
            The state, and what each photo shows, as `predict` gives it: whoever stores
            both classifies each photo once.
        """
        claims = self.photo_claims(features)
        return {
            "state": state + self._statistics(claims, weights),
            "photo_probabilities": claims[:, : self.interests],
        }

    def finish(self, state: Any) -> dict[str, Any]:
        """Read a state out: probabilities and strength of interests, and kinds."""
        photos, events, squares, misses, size = ops.split(state, len(STATISTICS))
        share = ops.log(events / ops.maximum(size, 1e-6) + FLOOR)
        read = share, ops.log(squares + FLOOR), ops.log(size + FLOOR)
        split = self.interests
        flat = {
            "probabilities": self._sigmoid(read, self.parts.interests)[:split]
            * ops.reshape(self.constants["evident"], (-1,)),
            "kind_probabilities": self._sigmoid(read, self.parts.kinds)[split:],
            "photos": ops.reshape(photos, (-1,))[:split],
            "events": ops.reshape(events, (-1,))[:split],
            "evident": 1.0 - ops.exp(ops.reshape(misses, (-1,))[:split]),
        }
        return flat

    def predict(self, features: Any, weights: Any) -> dict[str, Any]:
        """Read photos out at once, with what each of them shows and contributes."""
        claims = self.photo_claims(features)
        answer = self.finish(self._statistics(claims, weights))
        interests = claims[:, : self.interests]
        weighted = interests * ops.reshape(weights, (-1, 1))
        total = ops.sum(weighted, axis=0, keepdims=True)
        return {
            **answer,
            "photo_probabilities": interests,
            "contributions": weighted / ops.maximum(total, TINY),
            "photo_kind_probabilities": claims[:, self.interests :],
        }

    def signatures(self) -> Mapping[str, Signature]:
        """Functions to export with their inputs, by signature name."""
        features = tf.TensorSpec([None, self.dimension], tf.uint8, name="features")
        weights = tf.TensorSpec([None], tf.float32, name="weights")
        state = tf.TensorSpec(self.state_spec().shape, tf.float32, name="state")
        return {
            "predict": (self.predict, [features, weights]),
            "update": (self.update, [features, weights, state]),
            "finish": (self.finish, [state]),
        }

    def state_spec(self) -> StateSpec:
        """How evidence is carried from batch to batch."""
        return StateSpec((len(STATISTICS), self.interests + self.kinds), 0.0, "add")

    def explain(self, features: np.ndarray, weights: np.ndarray) -> dict[str, Any]:
        """Give what `predict` must give, computed by NumPy from the same parts.

        Args:
            features: Stored features uint8 `(photos, D)`.
            weights: 1 / photos of each photo's event, `(photos,)`.
        """
        parts = self.parts
        interests, kinds = parts.classify(features)
        state = accumulate(interests, weights)
        shares = interests * weights[:, None]
        return {
            "probabilities": parts.interests(state) * parts.evident,
            "kind_probabilities": parts.kinds(accumulate(kinds, weights)),
            "photos": state[0],
            "events": state[1],
            "evident": 1 - np.exp(state[3]),
            "photo_probabilities": interests,
            "contributions": shares / np.maximum(shares.sum(axis=0), TINY),
            "photo_kind_probabilities": kinds,
        }

    def _statistics(self, claims: Any, weights: Any) -> Any:
        share = ops.reshape(weights, (-1, 1))
        weighted = share * claims
        # Only interests say whether any event shows them: a logarithm is slow.
        misses = ops.log(1.0 - ops.minimum(claims[:, : self.interests], MAXIMUM))
        missed = ops.sum(share * misses, axis=0)
        size = ops.sum(weights) + ops.zeros_like(claims[0])
        rows = (
            ops.sum(claims, axis=0),
            ops.sum(weighted, axis=0),
            ops.sum(weighted * claims, axis=0),
            ops.concatenate([missed, ops.zeros((self.kinds,))]),
            size,
        )
        return ops.stack(rows)

    def _sigmoid(self, read: tuple[Any, ...], fitted: Readout) -> Any:
        logits = sum(
            float(slope) * one for slope, one in zip(fitted.slopes, read, strict=True)
        )
        shown = float(logit(fitted.threshold))
        above = ops.relu(read[-1] - float(np.log(SMALL_SET)))
        distance = (logits + (float(fitted.offset) - shown)) * (
            1.0 + float(fitted.gain) * above
        )
        return ops.sigmoid(ops.reshape(distance + shown, (-1,)))

    def _kinds(self, features: Any) -> Any:
        head, constants = self.parts.head, self.constants
        values = ops.cast(features, "float32") * float(head.feature_scale)
        values = (values - constants["mean"]) * constants["inverse_deviation"]
        reads = len(head.student_kernel)
        student = self._dense(values[:, :reads], "student")
        limit = float(head.limit)
        new = self._dense(ops.clip(values, -limit, limit), "new")
        outputs = ops.softmax(ops.concatenate([student, new], axis=1), axis=1)
        labelled = head.labelled
        distilled = self.kinds - (new.shape[1] - 1)
        classes = len(head.kind_of)
        end = classes - constants["united"].shape[0]
        further = outputs[:, :distilled]
        further = further + ops.matmul(outputs[:, distilled:end], constants["merged"])
        known = outputs[:, classes : classes + labelled]
        known = known + ops.matmul(outputs[:, end:classes], constants["united"])
        agreed = ops.sqrt(known * self._labelled(values))
        everyday = outputs[:, classes + labelled : -1]
        kinds = ops.concatenate([agreed, further, everyday], axis=1)
        total = ops.sum(kinds, axis=1, keepdims=True)
        return kinds / ops.maximum(total, 1.0)

    def _scenes(self, features: Any) -> Any:
        """What scenes add to the logits of interests, `(photos, interests)`."""
        roots = ops.sqrt(ops.cast(features, "float32"))
        length = ops.sqrt(ops.sum(roots * roots, axis=1, keepdims=True))
        inputs = roots / ops.maximum(length, SHORTEST)
        scenes = ops.softmax(self._dense(inputs, "scene"), axis=1)
        return ops.matmul(scenes, self.constants[SCENE_ROLL_UP])

    def _labelled(self, values: Any) -> Any:
        outer, inner = (float(one) for one in self.parts.head.labelled_limits)
        cut = ops.clip(values, -outer, outer)
        hidden = ops.relu(self._dense(cut, "hidden"))
        start = cut.shape[1] + hidden.shape[1] - len(self.parts.head.labelled_kernel)
        line = ops.clip(cut[:, start:], -inner, inner)
        logits = self._dense(ops.concatenate([line, hidden], axis=1), "labelled")
        return ops.softmax(logits, axis=1)[:, :-1]

    def _dense(self, inputs: Any, name: str) -> Any:
        constants = self.constants
        factors = constants[f"{name}_factors"]
        units = factors.shape[-1]
        # Without a dimension between them, the converter multiplies the kernel again.
        even = ops.reshape(
            ops.matmul(inputs, constants[f"{name}_kernel"]), (-1, 1, units)
        )
        return ops.reshape(even * factors, (-1, units)) + constants[f"{name}_bias"]
