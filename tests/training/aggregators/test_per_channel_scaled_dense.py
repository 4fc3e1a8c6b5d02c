import keras
import numpy as np
import pytest

from training.aggregators.per_channel_scaled_dense import PerChannelScaledDense


@pytest.mark.parametrize("activation", [None, "relu"])
def test_it_is_a_dense_layer(activation):
    random = np.random.default_rng(1)
    photos = random.normal(0, 1, (5, 16)).astype(np.float32)
    # An output without weights has no largest one to divide by.
    kernel = random.normal(0, 1, (16, 4)) * [1e-3, 1, 0, 1e3]
    bias = random.normal(0, 1, 4)
    outputs = []
    for kind in (PerChannelScaledDense, keras.layers.Dense):
        layer = kind(4, activation=activation)
        layer.build((None, 16))
        layer.set_weights([kernel, bias])
        outputs.append(layer(photos))

    np.testing.assert_allclose(*outputs, rtol=1e-5, atol=1e-5)
