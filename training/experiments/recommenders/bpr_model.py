"""One model for matrix factorisation, factorisation machines, VBPR and DVBPR.

    x_ui = b_i + g_u . h_i + t_u . v_i

with latent factors g_u, h_i (BPR-MF); h_i = y_i + sum_a V_a over the attributes a of
the item and b_i = beta_i + sum_a w_a + y_i . sum_a V_a (factorisation machines: the
pairwise terms of user, item and attributes, Rendle 2010); and visual factors t_u
against v_i = E f_i of stored features f_i with the visual bias B . f_i (VBPR, He and
McAuley 2016, eq. 4) or v_i = phi(X_i) of the picture itself (DVBPR, Kang et al. 2017).
"""

from typing import Any

import keras
import numpy as np
import tensorflow as tf

START = 0.01
"""Deviation of the random start of factors."""


class BprModel(keras.layers.Layer):
    """Scores of pairs, and the loss of triples.

    Args:
        users: How many.
        items: How many.
        latent_factors: Length of g and h; 0 for none.
        attributes: float `(items, attributes)`, 0 or 1; None for none.
        encoder: Makes visual factors `(batch, visual factors)` of item inputs; None
            for none.
        visual_factors: Length of t and v.
        visual_bias: Length of the encoder's input if there is a visual bias, else 0.
        regularisation: L2 of the factors of the user and of both items of a triple.
        bias_regularisation: The same of their biases.
        encoder_regularisation: L2 of the encoder's kernels and of the visual bias, once
            a batch.
    """

    def __init__(
        self,
        users: int,
        items: int,
        latent_factors: int = 0,
        attributes: np.ndarray | None = None,
        encoder: keras.layers.Layer | None = None,
        visual_factors: int = 0,
        visual_bias: int = 0,
        regularisation: float = 0.0,
        bias_regularisation: float = 0.0,
        encoder_regularisation: float = 0.0,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.encoder = encoder
        self.regularisation = regularisation
        self.bias_regularisation = bias_regularisation
        self.encoder_regularisation = encoder_regularisation
        self.bias = self._table("item_bias", (items,), "zeros")
        self.latent = latent_factors > 0
        if self.latent:
            self.user_factors = self._table("user_factors", (users, latent_factors))
            self.item_factors = self._table("item_factors", (items, latent_factors))
        self.attributes = None
        if attributes is not None:
            count = attributes.shape[1]
            self.attributes = tf.constant(attributes, self.compute_dtype)
            self.attribute_bias = self._table("attribute_bias", (count,), "zeros")
            self.attribute_factors = self._table(
                "attribute_factors", (count, latent_factors)
            )
        if encoder is not None:
            self.user_visual = self._table("user_visual", (users, visual_factors))
        self.visual_bias = None
        if visual_bias:
            self.visual_bias = self._table("visual_bias", (visual_bias,), "zeros")

    def _table(
        self, name: str, shape: tuple[int, ...], start: str | None = None
    ) -> keras.Variable:
        initializer = start or keras.initializers.RandomNormal(stddev=START)
        return self.add_weight(name=name, shape=shape, initializer=initializer)

    def items(
        self, rows: tf.Tensor, inputs: tf.Tensor | None, training: bool
    ) -> dict[str, tf.Tensor]:
        """Bias `(batch,)` and factors `(batch, k)` of items.

        Args:
            rows: int `(batch,)`.
            inputs: What the encoder reads of these items.
            training: Whether batch norm and dropout of the encoder learn.
        """
        made = {"bias": tf.gather(self.bias, rows)}
        if self.latent:
            made["latent"] = tf.gather(self.item_factors, rows)
        if self.attributes is not None:
            ones = tf.gather(self.attributes, rows)
            shared = ones @ self.attribute_factors
            made["bias"] += tf.linalg.matvec(ones, self.attribute_bias)
            made["bias"] += tf.reduce_sum(made["latent"] * shared, axis=1)
            made["latent"] += shared
        if self.encoder is not None:
            made["visual"] = self.encoder(inputs, training=training)
        if self.visual_bias is not None:
            made["bias"] += tf.linalg.matvec(inputs, self.visual_bias)
        return made

    def loss(
        self, triples: tf.Tensor, inputs: tf.Tensor | None, training: bool = True
    ) -> tf.Tensor:
        """Mean over triples of -ln sigmoid(x_ui - x_uj) and of the regularisation.

        Every item of the batch goes through the encoder once, however many triples
        it is in.

        Args:
            triples: int `(batch, 3)`: user, item taken, item not taken.
            inputs: What the encoder reads, for all items `(items, ...)`.
            training: See `items`.
        """
        users = triples[:, 0]
        rows, places = tf.unique(tf.reshape(triples[:, 1:], [-1]))
        read = None if inputs is None else tf.gather(inputs, rows)
        made = self.items(rows, read, training)
        places = tf.reshape(places, [-1, 2])
        first = {key: tf.gather(value, places[:, 0]) for key, value in made.items()}
        second = {key: tf.gather(value, places[:, 1]) for key, value in made.items()}
        difference = first["bias"] - second["bias"]
        penalty = self.bias_regularisation * (
            tf.gather(self.bias, triples[:, 1]) ** 2
            + tf.gather(self.bias, triples[:, 2]) ** 2
        )
        if self.latent:
            user = tf.gather(self.user_factors, users)
            difference += _dot(user, first["latent"] - second["latent"])
            squares = _dot(user, user)
            for side in (first["latent"], second["latent"]):
                squares += _dot(side, side)
            penalty += self.regularisation * squares
        if self.encoder is not None:
            user = tf.gather(self.user_visual, users)
            difference += _dot(user, first["visual"] - second["visual"])
            penalty += self.regularisation * _dot(user, user)
        return tf.reduce_mean(tf.nn.softplus(-difference) + 0.5 * penalty) + (
            0.5 * self.encoder_regularisation * self._encoder_squares()
        )

    def _encoder_squares(self) -> tf.Tensor:
        squares = tf.zeros((), self.compute_dtype)
        if self.encoder is None or not self.encoder_regularisation:
            return squares
        if self.visual_bias is not None:
            squares += tf.reduce_sum(tf.square(self.visual_bias))
        for weight in self.encoder.trainable_weights:
            if "kernel" in weight.name:
                squares += tf.reduce_sum(tf.square(weight))
        return squares


def _dot(left: tf.Tensor, right: tf.Tensor) -> tf.Tensor:
    return tf.reduce_sum(left * right, axis=1)
