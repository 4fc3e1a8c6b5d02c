"""A label classifier with a hidden layer, which exists only during training.

A linear classifier makes the features linearly separable; what has to change for that
is lost to the other losses. A hidden layer separates classes that are not.
"""

import keras
import numpy as np
from keras import ops
from sklearn.neural_network import MLPClassifier

from training.arrays import Floats, Integers, Tensor
from training.backbone.linear_init import moments

STANDARD = "standard_features"
HIDDEN = "hidden_units"
LIMIT = 3.0
"""Largest standardised feature, in deviations; larger ones are clipped."""
EPOCHS = 5
"""Passes of the initial fit over the features of all training photos."""
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
    """Build the hidden layer.

    Args:
        features: float32 (batch, dimension).
        units: Number of ReLU units.
        seed: Seed of the initial weights.

    Returns:
        float32 (batch, units).
    """
    hidden = keras.layers.Dense(
        units,
        activation="relu",
        kernel_initializer=keras.initializers.HeNormal(seed),
        dtype="float32",
        name=HIDDEN,
    )
    return hidden(StandardFeatures(dtype="float32", name=STANDARD)(features))


def initialise_standard_features(model: keras.Model, features: Floats) -> None:
    """Set mean and deviation.

    Args:
        model: The network with the hidden layer.
        features: float (photos, dimension) of the initial extractor.
    """
    model.get_layer(STANDARD).set_weights(list(moments(features)))


def train_head(
    model: keras.Model,
    classifier: str,
    features: Floats,
    labels: Integers,
    classes: int,
    seed: int,
) -> None:
    """Train a random hidden layer and its classifier on fixed features.

    scikit-learn trains it with softmax cross-entropy, whatever the run's loss, as it
    does the linear probe.

    Args:
        model: The network with the hidden layer, standard features initialised.
        classifier: Name of the layer that reads the hidden units.
        features: float (photos, dimension) of the initial extractor.
        labels: int (photos,), below `classes`.
        classes: Number of classes; the classifier has the first of them.
        seed: Seed of the first weights and of the order of photos.
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
