"""The loss term of the labels: a photo classifier, discarded after training."""

from collections.abc import Sequence

import keras

from training.arrays import Floats, Tensor
from training.backbone.config import LabelLoss
from training.backbone.hidden_head import (
    hidden_layer,
    initialise_standard_features,
    train_head,
)
from training.backbone.loss_term import InitContext, Metric
from training.losses import weighted_binary_crossentropy

CLASSIFIER = "photo_classifier"


class LabelTerm:
    """The loss term of the labels.

    Args:
        config: Objective, classifier and its init.
        categories: D.
        seed: Seed of dropout and of a hidden layer's init.

    Attributes:
        width: Logits: D + 1 with the background class last for `softmax`, D for
            `sigmoid`.
        metrics: None.
    """

    metrics: Sequence[Metric] = ()

    def __init__(self, config: LabelLoss, categories: int, seed: int) -> None:
        self.config = config
        self.categories = categories
        self.seed = seed
        self.width = categories + (config.objective == "softmax")
        self._loss = classification_loss(config, categories)

    def outputs(self, photos: Tensor, features: Tensor) -> tuple[Tensor, ...]:
        """Build dropout and classifier, with the hidden layer if there is one."""
        config = self.config
        dropout = keras.layers.Dropout(config.dropout, seed=self.seed)
        logits = keras.layers.Dense(
            self.width, kernel_initializer="zeros", dtype="float32", name=CLASSIFIER
        )
        if config.hidden_units is not None:
            features = hidden_layer(features, config.hidden_units, self.seed)
        return (logits(dropout(features)),)

    def initialise(self, model: keras.Model, context: InitContext) -> None:
        """Initialise as `LabelLoss.fitted_init` says."""
        is_hidden = self.config.hidden_units is not None
        if is_hidden:
            initialise_standard_features(model, context.sample_features)
        if not self.config.fitted_init:
            return
        if is_hidden:
            train_head(
                model,
                CLASSIFIER,
                context.training_features,
                context.training_labels,
                self.categories + 1,
                self.seed,
            )
        else:
            initialise_from_probe(model, *context.linear_probe(), self.width)

    def loss(self, targets: Tensor, outputs: Tensor) -> Tensor:
        """Give the classification loss; features after the labels do not count."""
        labels = targets if len(targets.shape) == 1 else targets[:, 0]
        return self._loss(keras.ops.cast(labels, "int32"), outputs)


def initialise_from_probe(
    model: keras.Model, weights: Floats, bias: Floats, outputs: int
) -> None:
    """Copy a linear probe into the classifier.

    Args:
        model: The network with the classifier.
        weights: float (D + 1, features), the background class last.
        bias: float (D + 1,).
        outputs: Number of the probe's first classes that the classifier has.
    """
    model.get_layer(CLASSIFIER).set_weights(
        [weights[:outputs].T.astype("float32"), bias[:outputs].astype("float32")]
    )


def classification_loss(config: LabelLoss, categories: int) -> keras.losses.Loss:
    """Give the loss on integer labels.

    Args:
        config: Objective and positive weight.
        categories: D, which is also the label of the background class.
    """
    if config.objective == "softmax":
        return keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return OneHotLoss(categories, config.positive_weight)


class OneHotLoss(keras.losses.Loss):
    """Weighted binary cross-entropy on integer labels; label D gives all zeros.

    Args:
        categories: D.
        positive_weight: Weight of the positive terms, as in the paper.
    """

    def __init__(self, categories: int, positive_weight: float) -> None:
        super().__init__(name="weighted_binary_crossentropy")
        self.categories = categories
        self.positive_weight = positive_weight

    def call(self, y_true: Tensor, y_pred: Tensor) -> Tensor:
        """Average over the batch.

        Args:
            y_true: Labels, int (batch,).
            y_pred: Logits, float32 (batch, D).
        """
        one_hot = keras.ops.one_hot(keras.ops.reshape(y_true, (-1,)), self.categories)
        return weighted_binary_crossentropy(one_hot, y_pred, self.positive_weight)

    def get_config(self) -> dict[str, float]:
        """Return the constructor's arguments."""
        return {"categories": self.categories, "positive_weight": self.positive_weight}
