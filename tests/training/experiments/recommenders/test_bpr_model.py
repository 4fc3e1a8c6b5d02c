"""The equations: against numerical gradients, and against libFM."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from training.experiments.recommenders.bpr_model import BprModel
from training.experiments.recommenders.gradient_ranker import item_arrays

USERS, ITEMS, DIMENSION = 5, 7, 6
TRIPLES = np.array([[0, 1, 2], [0, 3, 1], [4, 6, 5], [2, 1, 6]])


def build(kind: str, regularisation: float = 0.3) -> BprModel:
    keras.utils.set_random_seed(3)
    options = {
        "regularisation": regularisation,
        "bias_regularisation": regularisation / 2,
        "encoder_regularisation": regularisation / 3,
        "dtype": "float64",
    }
    if kind == "fm":
        options["attributes"] = np.eye(3)[np.arange(ITEMS) % 3]
    if kind == "vbpr":
        encoder = keras.layers.Dense(4, use_bias=False, dtype="float64")
        encoder.build((None, DIMENSION))
        options |= {
            "encoder": encoder, "visual_factors": 4, "visual_bias": DIMENSION,
        }  # fmt: skip
    model = BprModel(USERS, ITEMS, 3, **options)
    random = np.random.default_rng(1)
    model.set_weights([random.normal(0, 0.7, w.shape) for w in model.get_weights()])
    return model


FEATURES = np.random.default_rng(2).normal(size=(ITEMS, DIMENSION))


@pytest.mark.parametrize("kind", ["mf", "fm", "vbpr"])
def test_gradients_of_the_loss_are_the_numerical_ones(kind):
    model = build(kind)
    inputs = tf.constant(FEATURES) if kind == "vbpr" else None
    triples = tf.constant(TRIPLES)
    weights = model.trainable_weights
    with tf.GradientTape() as tape:
        loss = model.loss(triples, inputs)
    gradients = tape.gradient(loss, [w.value for w in weights])
    for weight, gradient in zip(weights, gradients, strict=True):
        numerical = _numerical(model, weight, triples, inputs)
        assert np.abs(numerical).max() > 1e-4  # each weight counts
        np.testing.assert_allclose(
            tf.convert_to_tensor(gradient), numerical, atol=1e-8, rtol=1e-6
        )


def _numerical(model, weight, triples, inputs, step=1e-5):
    start = weight.numpy()
    gradient = np.zeros_like(start)
    for place in np.ndindex(start.shape):
        sides = []
        for sign in (1, -1):
            moved = start.copy()
            moved[place] += sign * step
            weight.assign(moved)
            sides.append(float(model.loss(triples, inputs)))
        gradient[place] = (sides[0] - sides[1]) / (2 * step)
    weight.assign(start)
    return gradient


def test_loss_is_that_of_the_paper():
    """-ln sigmoid of the difference of x_ui = b + g.h + t.Ef + B.f, and the L2."""
    model = build("vbpr")
    w = {weight.name: weight.numpy() for weight in model.trainable_weights}
    losses = []
    for user, *pair in TRIPLES:
        scores, squares = [], 0.0
        for item in pair:
            visual = FEATURES[item] @ w["kernel"]
            scores.append(
                w["item_bias"][item]
                + w["user_factors"][user] @ w["item_factors"][item]
                + w["user_visual"][user] @ visual
                + w["visual_bias"] @ FEATURES[item]
            )
            squares += 0.3 * (w["item_factors"][item] ** 2).sum()
            squares += 0.15 * w["item_bias"][item] ** 2
        squares += 0.3 * (w["user_factors"][user] ** 2).sum()
        squares += 0.3 * (w["user_visual"][user] ** 2).sum()
        losses.append(np.log1p(np.exp(scores[1] - scores[0])) + squares / 2)
    once = (w["kernel"] ** 2).sum() + (w["visual_bias"] ** 2).sum()
    expected = np.mean(losses) + 0.05 * once
    received = float(model.loss(tf.constant(TRIPLES), tf.constant(FEATURES)))
    assert received == pytest.approx(expected, abs=1e-9)


def test_without_attributes_the_same_as_libfm():
    """cornac wraps libFM's scoring; it knows user and item alone."""
    from cornac.data import Dataset
    from cornac.models import FM

    model = build("mf")
    users, items = model.user_factors.numpy(), model.item_factors.numpy()
    bias = model.bias.numpy()
    rows = [(u, i, 1.0) for u in range(USERS) for i in range(ITEMS)]
    libfm = FM(
        k2=3,
        trainable=False,
        verbose=False,
        init_params={
            "w0": 0.0,
            "w": np.concatenate([np.zeros(USERS), bias]),
            "v": np.concatenate([users, items]).T.copy(),
        },
    ).fit(Dataset.from_uir(rows))
    for user in range(USERS):
        ours = bias + items @ users[user]
        np.testing.assert_allclose(libfm.score(user), ours, atol=1e-9)


def test_attributes_take_part_in_every_pair():
    """Against the double sum of the definition (Rendle 2010, eq. 1)."""
    model = build("fm")
    w = {weight.name: weight.numpy() for weight in model.trainable_weights}
    made = item_arrays(model, None)
    for user in range(USERS):
        for item in range(ITEMS):
            active = [
                w["user_factors"][user],
                w["item_factors"][item],
                w["attribute_factors"][item % 3],
            ]
            pairs = (
                active[0] @ active[1] + active[0] @ active[2] + active[1] @ active[2]
            )
            expected = w["item_bias"][item] + w["attribute_bias"][item % 3] + pairs
            received = made["bias"][item] + made["latent"][item] @ active[0]
            assert received == pytest.approx(expected)
