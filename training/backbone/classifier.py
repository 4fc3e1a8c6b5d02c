"""The network that is fine-tuned: extractor, dropout and a photo classifier."""

import keras
import numpy as np

from training.backbone.config import BackboneConfig
from training.losses import weighted_binary_crossentropy


def build_classifier(
    extractor: keras.Model, categories: int, config: BackboneConfig
) -> keras.Model:
    """Put the classifier on `extractor`.

    Returns:
        A model of photos -> logits: (batch, D + 1), none last, for `softmax`;
        (batch, D) for `sigmoid`.
    """
    outputs = categories + (config.objective == "softmax")
    dropout = keras.layers.Dropout(config.dropout, seed=config.seed)
    logits = keras.layers.Dense(
        outputs, kernel_initializer="zeros", dtype="float32", name="photo_classifier"
    )
    return keras.Sequential([extractor, dropout, logits], name="photo_network")


def start_from_probe(
    model: keras.Model, weights: np.ndarray, bias: np.ndarray, outputs: int
) -> None:
    """Start the classifier from a linear probe over the same classes, none last.

    Args:
        model: As `build_classifier` made it, built.
        weights: float (D + 1, 1024).
        bias: float (D + 1,).
        outputs: How many of the probe's classes the model has.
    """
    model.get_layer("photo_classifier").set_weights(
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
