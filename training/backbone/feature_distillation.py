"""The feature distillation loss term: features of a released extractor as targets."""

from collections.abc import Sequence
from pathlib import Path

import keras
import numpy as np
from keras import ops
from sklearn.linear_model import Ridge

from photo_interests.bundle.card import load_card
from photo_interests.models.extractor import Extractor
from training.arrays import Bytes, Floats, Integers, Tensor
from training.backbone.config import FeatureDistillationLoss
from training.backbone.linear_init import LinearMap, initialise_dense
from training.backbone.loss_term import InitContext, Metric

MODELS = Path(__file__).parents[2] / "models"
FEATURE_MAP = "feature_map"
RIDGE = 100.0
"""Penalty of the initial least squares, in units of one photo's standard features."""
MIN_DEVIATION = 0.1
"""Smallest unit of the error, in units of the mean feature's deviation."""


class TeacherExtractor:
    """The quantised extractor of a bundle, as its card describes it.

    Args:
        bundle: Folder of the bundle.
    """

    def __init__(self, bundle: Path) -> None:
        card = load_card(bundle)
        self._scale = np.float32(card.features.scale)
        self._extractor = Extractor(bundle, card=card)

    def __call__(self, photos: Bytes) -> Floats:
        """Extract features, float32 (photos, dimension).

        Args:
            photos: uint8 (photos, height, width, 3) of the size that it reads.
        """
        return self._extractor(photos).astype(np.float32) * self._scale


class FeatureDistillationTerm:
    """The loss term of a teacher extractor's features, by a linear map to them.

    A dual-branch network whose task branch gives some of these features itself has no
    map.

    Args:
        config: Weight of the squared error.
        teacher_features: float32 (photos, dimension) of the sample that layers are
            initialised from; their deviations are the units of the error.
        channels: Features of the teacher that the last features of the network match,
            int (count,); None to map all features to all.

    Attributes:
        width: Number of features that are matched.
        metrics: None.
    """

    metrics: Sequence[Metric] = ()

    def __init__(
        self,
        config: FeatureDistillationLoss,
        teacher_features: Floats,
        channels: Integers | None = None,
    ) -> None:
        if channels is not None:
            teacher_features = teacher_features[:, channels]
        self.config = config
        self.channels = channels
        self.teacher_features = teacher_features
        self.units = deviations(teacher_features)
        self.width = teacher_features.shape[1]

    def outputs(self, photos: Tensor, features: Tensor) -> tuple[Tensor, ...]:
        """Build the map, or select the features of the task branch."""
        if self.channels is not None:
            return (features[:, -self.width :],)
        feature_map = keras.layers.Dense(self.width, dtype="float32", name=FEATURE_MAP)
        return (feature_map(features),)

    def initialise(self, model: keras.Model, context: InitContext) -> None:
        """Initialise the map, if there is one, by ridge regression."""
        if self.channels is None:
            initialise_map(model, context.sample_features, self.teacher_features)

    def loss(self, targets: Tensor, outputs: Tensor) -> Tensor:
        """Give the weighted mean squared error to the features in `targets`."""
        teacher = targets[:, 1:]
        if self.channels is not None:
            teacher = ops.take(teacher, self.channels, axis=1)
        return self.config.weight * ops.mean(((outputs - teacher) / self.units) ** 2)


def initialise_map(
    model: keras.Model, features: Floats, teacher_features: Floats
) -> None:
    """Initialise the map by ridge regression, so that first steps change little.

    Args:
        model: The network with the map.
        features: float (photos, width) of the initial extractor.
        teacher_features: float (photos, dimension) of the same photos.
    """

    def fit(standard: Floats) -> LinearMap:
        fitted = Ridge(alpha=RIDGE).fit(standard, teacher_features)
        return fitted.coef_.T, fitted.intercept_

    initialise_dense(model, FEATURE_MAP, features, fit)


def deviations(teacher_features: Floats) -> Floats:
    """Give the units of the error, float32 (dimension,), from features of photos."""
    found = teacher_features.std(axis=0)
    return np.maximum(found, MIN_DEVIATION * found.mean()).astype(np.float32)
