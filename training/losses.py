"""Losses shared by the photo network and the aggregators."""

from typing import Any

import tensorflow as tf


def weighted_binary_crossentropy(
    labels: Any, logits: Any, positive_weight: float
) -> tf.Tensor:
    """Binary cross-entropy whose positive terms weigh more, averaged over all.

    The sources train with positive weights of 10, 36, 72 and 140.

    Args:
        labels: 0 or 1, (batch, D), of any numeric type.
        logits: float32 (batch, D).
        positive_weight: What a missed positive costs, in units of a false one.
    """
    return tf.reduce_mean(
        tf.nn.weighted_cross_entropy_with_logits(
            tf.cast(labels, logits.dtype), logits, positive_weight
        )
    )
