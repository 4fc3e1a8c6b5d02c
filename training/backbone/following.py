"""A faster network that follows the features of a released extractor."""

from pathlib import Path

import keras
import numpy as np
from keras import ops
from sklearn.linear_model import Ridge

from photo_interests.card import load_card
from photo_interests.extractor import Extractor
from training.backbone.config import Following

MODELS = Path(__file__).parents[2] / "models"
FOLLOWER = "follower"
RIDGE = 100.0
"""Penalty of the start's least squares, in units of a photo of standard features."""
SMALLEST_DEVIATION = 0.1
"""Of a feature, in units of the mean one: what hardly varies is hardly followed."""


class Followed:
    """A bundle's quantised extractor, as its card describes it.

    Args:
        bundle: Its folder.
    """

    def __init__(self, bundle: Path) -> None:
        card = load_card(bundle)
        self._scale = np.float32(card.features.scale)
        self._extractor = Extractor(bundle, card=card)

    def __call__(self, photos: np.ndarray) -> np.ndarray:
        """Photos uint8 (photos, height, width, 3) of its size to float32 features."""
        return self._extractor(photos).astype(np.float32) * self._scale


def build_follower(network: keras.Model, dimension: int) -> keras.Model:
    """Put a linear map to another extractor's features beside the classifier.

    Args:
        network: As `build_classifier` made it; its layers are taken over.
        dimension: How many features the other extractor has.

    Returns:
        A model of photos -> (batch, outputs + dimension): the categories' logits and
        the features, for `FollowerLoss`.
    """
    extractor, dropout, classifier = network.layers
    photos = keras.Input(extractor.input_shape[1:])
    features = extractor(photos)
    told = keras.layers.Dense(dimension, dtype="float32", name=FOLLOWER)(features)
    logits = ops.concatenate([classifier(dropout(features)), told], axis=-1)
    return keras.Model(photos, logits, name="follower_network")


def start_follower(
    model: keras.Model, features: np.ndarray, followed: np.ndarray
) -> None:
    """Start the map from ridge regression, so that first steps change little.

    Args:
        model: As `build_follower` made it.
        features: float (photos, width) of the extractor it starts with.
        followed: The other's features (photos, dimension) of the same photos.
    """
    mean, deviation = features.mean(axis=0), features.std(axis=0) + 1e-3
    fitted = Ridge(alpha=RIDGE).fit((features - mean) / deviation, followed)
    kernel = fitted.coef_.T / deviation[:, None]
    model.get_layer(FOLLOWER).set_weights([kernel, fitted.intercept_ - mean @ kernel])


def deviations(followed: np.ndarray) -> np.ndarray:
    """Give the units of the error, float32 (dimension,), from features of photos."""
    found = followed.std(axis=0)
    return np.maximum(found, SMALLEST_DEVIATION * found.mean()).astype(np.float32)


class FollowerLoss(keras.losses.Loss):
    """A loss on labels plus the weighted squared error of features.

    Args:
        on_labels: The loss of the categories' logits.
        following: Gives the weight.
        units: Of the error of each feature, float (dimension,).
    """

    def __init__(
        self, on_labels: keras.losses.Loss, following: Following, units: np.ndarray
    ) -> None:
        super().__init__(name="follower_loss")
        self.on_labels = on_labels
        self.following = following
        self.units = units

    def call(self, y_true: object, y_pred: object) -> object:
        """Average over the batch.

        Args:
            y_true: float (batch, 1 + dimension): label, then features to follow.
            y_pred: As from `build_follower`.
        """
        outputs = y_pred.shape[-1] - len(self.units)  # type: ignore[attr-defined]
        own, told = ops.split(y_pred, [outputs], axis=-1)
        labels, followed = y_true[:, 0], y_true[:, 1:]  # type: ignore[index]
        error = ops.mean(((told - followed) / self.units) ** 2)
        on_labels = self.on_labels(ops.cast(labels, "int32"), own)
        return on_labels + self.following.weight * error
