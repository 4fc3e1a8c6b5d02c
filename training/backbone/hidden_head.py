"""A classifier of the labels with a hidden layer, only there while a run trains.

A linear one makes the features tell the labels apart by planes; what has to move for
that is lost to other lessons. A hidden layer finds what planes do not.
"""

import keras
import numpy as np
from keras import ops
from sklearn.neural_network import MLPClassifier

from training.backbone.lesson import Tensor
from training.backbone.linear_start import moments

STANDARD = "standard_features"
HIDDEN = "hidden_units"
LIMIT = 3.0
"""In deviations; what lies beyond is as good as there."""
EPOCHS = 5
"""Of the start: passes over the features of all training photos."""
BATCH = 64


class StandardFeatures(keras.layers.Layer):
    """Features in deviations from a mean, clipped; neither is trained."""

    def build(self, input_shape: tuple[int | None, ...]) -> None:
        """Create mean and deviation for features (batch, dimension)."""
        shape = (input_shape[-1],)
        self.mean = self.add_weight(
            shape=shape, initializer="zeros", trainable=False, name="mean"
        )
        self.deviation = self.add_weight(
            shape=shape, initializer="ones", trainable=False, name="deviation"
        )

    def call(self, features: Tensor) -> Tensor:
        """Standardise float (batch, dimension)."""
        return ops.clip((features - self.mean) / self.deviation, -LIMIT, LIMIT)


def hidden_layer(features: Tensor, units: int, seed: int) -> Tensor:
    """Make ReLU units (batch, units) over standardised features (batch, dimension)."""
    hidden = keras.layers.Dense(
        units,
        activation="relu",
        kernel_initializer=keras.initializers.HeNormal(seed),
        dtype="float32",
        name=HIDDEN,
    )
    return hidden(StandardFeatures(dtype="float32", name=STANDARD)(features))


def start_standard_features(model: keras.Model, features: np.ndarray) -> None:
    """Take mean and deviation from features (photos, dimension)."""
    model.get_layer(STANDARD).set_weights(list(moments(features)))


def train_head(
    model: keras.Model,
    classifier: str,
    features: np.ndarray,
    labels: np.ndarray,
    classes: int,
    seed: int,
) -> None:
    """Train a random hidden layer and its classifier while the extractor stands still.

    It is trained by scikit-learn with softmax cross-entropy, whatever the run's loss,
    as its linear probe is.

    Args:
        model: Has the hidden layer, with standard features started.
        classifier: Name of the layer that reads the hidden units.
        features: float (photos, dimension) of the extractor it starts with.
        labels: int (photos,), below `classes`.
        classes: How many there are; the classifier has the first of them.
        seed: Of the first weights and the order of photos.
    """
    standard = np.asarray(model.get_layer(STANDARD)(features))
    hidden, last = model.get_layer(HIDDEN), model.get_layer(classifier)
    random = np.random.RandomState(seed)  # not the number: epochs are to differ
    batch = min(BATCH, len(labels))
    head = MLPClassifier((hidden.units,), batch_size=batch, random_state=random)
    for _ in range(EPOCHS):
        head.partial_fit(standard, labels, classes=np.arange(classes))
    hidden.set_weights([head.coefs_[0], head.intercepts_[0]])
    kept = slice(last.units)
    last.set_weights([head.coefs_[1][:, kept], head.intercepts_[1][kept]])
