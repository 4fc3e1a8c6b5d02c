"""The loss term of the labels: a photo classifier, discarded after training."""

from collections.abc import Sequence

import keras

from training.arrays import Tensor
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
        self._cross_entropy = keras.losses.SparseCategoricalCrossentropy(
            from_logits=True
        )

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
            weights, bias = (array[: self.width] for array in context.linear_probe())
            model.get_layer(CLASSIFIER).set_weights([weights.T, bias])

    def loss(self, targets: Tensor, outputs: Tensor) -> Tensor:
        """Give the classification loss; features after the labels do not count.

        For `sigmoid`, the label D of the background class gives all zeros.
        """
        labels = targets if len(targets.shape) == 1 else targets[:, 0]
        labels = keras.ops.cast(labels, "int32")
        if self.config.objective == "softmax":
            return self._cross_entropy(labels, outputs)
        one_hot = keras.ops.one_hot(labels, self.categories)
        return weighted_binary_crossentropy(
            one_hot, outputs, self.config.positive_weight
        )
