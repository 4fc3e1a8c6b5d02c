"""An aggregator of format 2 with random weights, and the real signatures."""

from pathlib import Path
from typing import Any

import numpy as np

SHARPNESS = 12.0
"""So that a random photo shows some kinds clearly."""


def write_repetition(saved: Path, content: dict[str, Any]) -> bytes:
    """Return a TFLite file for the interests and kinds of a card.

    Args:
        saved: Folder for the saved model.
        content: Content of the card.
    """
    import tensorflow as tf

    ids = [interest["id"] for interest in content["interests"]]
    kinds = content["kinds"]
    rolled = np.array([[k["interests"].get(i, 0) for i in ids] for k in kinds])
    count = len(ids)
    generator = np.random.default_rng(3)
    weights = generator.normal(0, 1, (1024, len(kinds) + 1)).astype(np.float32)

    def claims(features):
        centred = tf.cast(features, tf.float32) / 255 - 0.5
        logits = SHARPNESS * centred @ tf.constant(weights / 32)
        shown = tf.nn.softmax(logits)[:, :-1]
        return tf.concat([shown @ tf.constant(rolled, tf.float32), shown], axis=1)

    def statistics(claimed, shares):
        share = shares[:, None]
        misses = tf.math.log1p(-tf.minimum(claimed, 0.999999))
        size = tf.reduce_sum(shares) + tf.zeros_like(claimed[0])
        rows = (claimed, share * claimed, share * claimed**2, share * misses)
        return tf.stack([*(tf.reduce_sum(row, axis=0) for row in rows), size])

    def read(state):
        photos, events, _, misses, size = tf.unstack(state)
        odds = 4 * events / size - 1
        return {
            "probabilities": tf.sigmoid(odds)[:count],
            "kind_probabilities": tf.sigmoid(odds)[count:],
            "photos": photos[:count],
            "events": events[:count],
            "evident": 1 - tf.exp(misses[:count]),
        }

    def predict(features, weights):
        claimed = claims(features)
        weighted = weights[:, None] * claimed[:, :count]
        return {
            **read(statistics(claimed, weights)),
            "photo_probabilities": claimed[:, :count],
            "contributions": weighted / tf.reduce_sum(weighted, axis=0),
            "photo_kind_probabilities": claimed[:, count:],
        }

    def update(features, weights, state):
        return {"state": state + statistics(claims(features), weights)}

    features = tf.TensorSpec((None, 1024), tf.uint8, "features")
    shares = tf.TensorSpec((None,), tf.float32, "weights")
    state = tf.TensorSpec((5, count + len(kinds)), tf.float32, "state")
    signatures = {
        "predict": tf.function(predict).get_concrete_function(features, shares),
        "update": tf.function(update).get_concrete_function(features, shares, state),
        "finish": tf.function(read).get_concrete_function(state),
    }
    tf.saved_model.save(tf.Module(), str(saved), signatures=signatures)
    return tf.lite.TFLiteConverter.from_saved_model(
        str(saved), signature_keys=list(signatures)
    ).convert()
