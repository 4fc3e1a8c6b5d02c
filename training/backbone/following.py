"""A network that follows the features of a released extractor."""

from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np
from keras import ops
from sklearn.linear_model import Ridge

from photo_interests.bundle.card import load_card
from photo_interests.models.extractor import Extractor
from training.backbone.config import Following
from training.backbone.lesson import Beginning, Metric, Tensor
from training.backbone.linear_start import Line, start_line

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


class Follower:
    """The lesson of another extractor: a linear map to its features.

    A network whose tuned end gives some of the features themselves needs no map.

    Args:
        following: Gives the weight of the squared error.
        followed: The other's features float32 (photos, dimension) of the photos that a
            start is made with; they give the units of the error too.
        channels: Those of them that the last features of the network are to give, int
            (count,); None to map all features to all.

    Attributes:
        width: The dimension.
        metrics: None.
    """

    metrics: Sequence[Metric] = ()

    def __init__(
        self,
        following: Following,
        followed: np.ndarray,
        channels: np.ndarray | None = None,
    ) -> None:
        self.following = following
        self.channels = channels
        self.followed = followed if channels is None else followed[:, channels]
        self.units = deviations(self.followed)
        self.width = self.followed.shape[1]

    def outputs(self, photos: Tensor, features: Tensor) -> tuple[Tensor, ...]:
        """Make the map, if there is to be one."""
        if self.channels is not None:
            return (features[:, -self.width :],)
        told = keras.layers.Dense(self.width, dtype="float32", name=FOLLOWER)
        return (told(features),)

    def start(self, model: keras.Model, beginning: Beginning) -> None:
        """Start the map, if there is one, from ridge regression."""
        if self.channels is None:
            start_follower(model, beginning.features, self.followed)

    def loss(self, truth: Tensor, outputs: Tensor) -> Tensor:
        """Give the weighted mean squared error; `truth` has the features to follow."""
        followed = truth[:, 1:]
        if self.channels is not None:
            followed = ops.take(followed, self.channels, axis=1)
        error = ops.mean(((outputs - followed) / self.units) ** 2)
        return self.following.weight * error


def start_follower(
    model: keras.Model, features: np.ndarray, followed: np.ndarray
) -> None:
    """Start the map from ridge regression, so that first steps change little.

    Args:
        model: Has the map.
        features: float (photos, width) of the extractor it starts with.
        followed: The other's features (photos, dimension) of the same photos.
    """

    def fit(standard: np.ndarray) -> Line:
        fitted = Ridge(alpha=RIDGE).fit(standard, followed)
        return fitted.coef_.T, fitted.intercept_

    start_line(model, FOLLOWER, features, fit)


def deviations(followed: np.ndarray) -> np.ndarray:
    """Give the units of the error, float32 (dimension,), from features of photos."""
    found = followed.std(axis=0)
    return np.maximum(found, SMALLEST_DEVIATION * found.mean()).astype(np.float32)
