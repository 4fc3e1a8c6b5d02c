"""Predictors: padded batches of photos' features to probabilities of interests."""

from collections.abc import Callable, Sequence

import numpy as np

from photo_interests.models.interest_model import InterestModel
from training.features.feature_set import FeatureSet
from training.simulation.batches import batch_rows, padded
from training.simulation.user_sets import UserSet

Predictor = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""From uint8 `(batch, photos, dimension)` and bool mask `(batch, photos)` to
probabilities `(batch, D)`."""
BATCH_SIZE = 256


def keras_predictor(aggregator: Callable) -> Predictor:
    """Make a predictor of a Keras aggregator, whose `call` gives logits."""
    import tensorflow as tf

    @tf.function(reduce_retracing=True)
    def probabilities(features: tf.Tensor, mask: tf.Tensor) -> tf.Tensor:
        return tf.sigmoid(aggregator(features, mask=mask))

    def predict(features: np.ndarray, mask: np.ndarray) -> np.ndarray:
        return probabilities(tf.constant(features), tf.constant(mask)).numpy()

    return predict


def model_predictor(model: InterestModel) -> Predictor:
    """Predict as a released bundle does, on the TFLite runtime."""

    def predict(features: np.ndarray, mask: np.ndarray) -> np.ndarray:
        pairs = zip(features, mask, strict=True)
        return np.stack([model(photos[real]).probabilities for photos, real in pairs])

    return predict


def predict_sets(
    predictor: Predictor, sets: Sequence[UserSet], feature_set: FeatureSet
) -> np.ndarray:
    """Predict the interests of users, in batches of users of similar size.

    Returns:
        float32 `(users, D)`, in the order of `sets`.

    Raises:
        ValueError: The predictor gives another shape, or no probabilities.
    """
    probabilities = np.empty((len(sets), len(feature_set.categories)), np.float32)
    lengths = np.array([len(one.photos) for one in sets], int)
    for rows in batch_rows(lengths, BATCH_SIZE):
        members = [sets[row] for row in rows]
        predicted = predictor(*padded(members, feature_set.features))
        expected = (len(rows), probabilities.shape[1])
        if predicted.shape != expected:
            raise ValueError(
                f"predictor: expected {expected}, received {predicted.shape}"
            )
        probabilities[rows] = predicted
    if not ((probabilities >= 0) & (probabilities <= 1)).all():
        raise ValueError(
            "predictor: expected probabilities from 0 to 1, received "
            f"{np.min(probabilities)} to {np.max(probabilities)}"
        )
    return probabilities
