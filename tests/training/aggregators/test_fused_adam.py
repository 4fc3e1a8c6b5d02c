"""The fused operation is Keras' Adam."""

import keras
import numpy as np
import tensorflow as tf

from training.aggregators.fused_adam import FusedAdam

SHAPES = ((30, 20), (20,), ())
STEPS = 20


def _trained(adam: type[keras.optimizers.Adam]) -> list[np.ndarray]:
    random = np.random.default_rng(1)
    weights = [
        keras.Variable(np.float32(random.normal(size=shape))) for shape in SHAPES
    ]
    optimizer = adam(keras.optimizers.schedules.ExponentialDecay(0.1, 5, 0.5))
    optimizer.build(weights)

    @tf.function
    def step(gradients: list[tf.Tensor]) -> None:
        optimizer.apply(gradients, weights)

    for _ in range(STEPS):
        step([tf.constant(random.normal(size=s), tf.float32) for s in SHAPES])
    assert int(optimizer.iterations) == STEPS
    return [weight.numpy() for weight in weights]


def test_the_same_weights_after_some_steps() -> None:
    ours, keras_own = _trained(FusedAdam), _trained(keras.optimizers.Adam)
    for received, expected in zip(ours, keras_own, strict=True):
        np.testing.assert_allclose(received, expected, rtol=0, atol=1e-5)
