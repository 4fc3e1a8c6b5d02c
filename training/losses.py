"""Losses shared by the photo network and the aggregators."""

import tensorflow as tf

from training.arrays import Tensor


def weighted_binary_crossentropy(
    labels: Tensor, logits: Tensor, positive_weight: float
) -> Tensor:
    """Binary cross-entropy with weighted positive terms, averaged over all.

    The papers train with positive weights of 10, 36, 72 and 140.

    Args:
        labels: 0 or 1, (batch, D), of any numeric type.
        logits: float32 (batch, D).
        positive_weight: Cost of a missed positive, in units of a false one.
    """
    return tf.reduce_mean(
        tf.nn.weighted_cross_entropy_with_logits(
            tf.cast(labels, logits.dtype), logits, positive_weight
        )
    )
