"""The lesson of the labels: a photo classifier, thrown away after training."""

from collections.abc import Sequence

import keras
import numpy as np

from training.backbone.config import BackboneConfig
from training.backbone.hidden_head import (
    hidden_layer,
    start_standard_features,
    train_head,
)
from training.backbone.lesson import Beginning, Metric, Tensor
from training.losses import weighted_binary_crossentropy

CLASSIFIER = "photo_classifier"


class Labels:
    """The lesson of the labels.

    Args:
        config: The run's: objective, dropout, head and its start.
        categories: D.

    Attributes:
        width: Logits: D + 1, none last, for `softmax`; D for `sigmoid`.
        metrics: None.
    """

    metrics: Sequence[Metric] = ()

    def __init__(self, config: BackboneConfig, categories: int) -> None:
        self.config = config
        self.categories = categories
        self.width = categories + (config.objective == "softmax")
        self.on_labels = loss_of(config, categories)

    def outputs(self, photos: Tensor, features: Tensor) -> tuple[Tensor, ...]:
        """Make dropout and classifier, and the hidden layer that a config asks for."""
        config = self.config
        dropout = keras.layers.Dropout(config.dropout, seed=config.seed)
        logits = keras.layers.Dense(
            self.width, kernel_initializer="zeros", dtype="float32", name=CLASSIFIER
        )
        if config.head_units is not None:
            features = hidden_layer(features, config.head_units, config.seed)
        return (logits(dropout(features)),)

    def start(self, model: keras.Model, beginning: Beginning) -> None:
        """Start as `BackboneConfig.probe_start` says."""
        if self.config.head_units is not None:
            start_standard_features(model, beginning.features)
        if self.config.starts_from_probe:
            start_from_probe(model, *beginning.probe(), self.width)
        elif self.config.probe_start:
            train_head(
                model,
                CLASSIFIER,
                beginning.training_features,
                beginning.training_labels,
                self.categories + 1,
                self.config.seed,
            )

    def loss(self, truth: Tensor, outputs: Tensor) -> Tensor:
        """Give the loss of `loss_of`; features behind the labels do not count."""
        labels = truth if len(truth.shape) == 1 else truth[:, 0]
        return self.on_labels(keras.ops.cast(labels, "int32"), outputs)


def start_from_probe(
    model: keras.Model, weights: np.ndarray, bias: np.ndarray, outputs: int
) -> None:
    """Start the classifier from a linear probe over the same classes, none last.

    Args:
        model: Has the classifier.
        weights: float (D + 1, 1024).
        bias: float (D + 1,).
        outputs: How many of the probe's classes the model has.
    """
    model.get_layer(CLASSIFIER).set_weights(
        [weights[:outputs].T.astype(np.float32), bias[:outputs].astype(np.float32)]
    )


def loss_of(config: BackboneConfig, categories: int) -> keras.losses.Loss:
    """Give the loss on integer labels, where label D means no interest."""
    if config.objective == "softmax":
        return keras.losses.SparseCategoricalCrossentropy(from_logits=True)
    return OneHotLoss(categories, config.positive_weight)


class OneHotLoss(keras.losses.Loss):
    """Weighted binary cross-entropy on integer labels; label D gives all zeros.

    Args:
        categories: D.
        positive_weight: Of the positive terms, as in the paper.
    """

    def __init__(self, categories: int, positive_weight: float) -> None:
        super().__init__(name="weighted_binary_crossentropy")
        self.categories = categories
        self.positive_weight = positive_weight

    def call(self, y_true: object, y_pred: object) -> object:
        """Average over the batch; `y_true` int (batch,), `y_pred` logits (batch, D)."""
        one_hot = keras.ops.one_hot(keras.ops.reshape(y_true, (-1,)), self.categories)
        return weighted_binary_crossentropy(one_hot, y_pred, self.positive_weight)

    def get_config(self) -> dict[str, float]:
        """Return the constructor's arguments."""
        return {"categories": self.categories, "positive_weight": self.positive_weight}


def top1(logits: np.ndarray, labels: np.ndarray, categories: int) -> float:
    """Share of photos whose best category is theirs; photos of none left out."""
    known = labels < categories
    best = logits[known, :categories].argmax(axis=1)
    return float((best == labels[known]).mean())
