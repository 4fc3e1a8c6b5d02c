import keras
import numpy as np
import pytest

from export.extractor import SIGNATURE, convert_extractor, normalise
from export.signature_runner import SignatureRunner
from training.backbone.quantization_aware import (
    QuantizedConvolution,
    quantization_aware,
)

BLOCKS = 3
SQUARES = np.random.default_rng(1).integers(0, 256, (8, 6, 6, 3), np.uint8)
PHOTOS = SQUARES.repeat(16, axis=1).repeat(16, axis=2)


@pytest.fixture
def extractor() -> keras.Model:
    """The layers of a small MobileNet; their activations reach 6."""
    layers = keras.layers
    photos = output = keras.Input((96, 96, 3))
    for block in range(BLOCKS):
        normal = keras.initializers.RandomNormal(stddev=0.7, seed=block)
        for convolution in (
            layers.DepthwiseConv2D(3, use_bias=False, depthwise_initializer=normal),
            layers.Conv2D(64, 1, use_bias=False, kernel_initializer=normal),
        ):
            output = layers.ReLU(6)(convolution(output))
    return keras.Model(photos, layers.GlobalAveragePooling2D()(output))


@pytest.fixture
def network(extractor: keras.Model) -> keras.Model:
    return quantization_aware(extractor)


def test_it_computes_what_the_converted_file_does(extractor, network):
    quantised, _ = convert_extractor(extractor, PHOTOS)
    run = SignatureRunner(quantised.content)
    scale = quantised.signatures[SIGNATURE].outputs["features"].scale
    stored = [run(SIGNATURE, image=photo[None])["features"][0] for photo in PHOTOS]
    received = np.stack(stored) * np.float32(scale)

    exact = extractor(normalise(PHOTOS)).numpy()
    own = network(normalise(PHOTOS)).numpy()

    error = np.square(own - received).mean()
    assert error < 0.5 * np.square(exact - received).mean()


def test_kernels_have_255_steps_for_every_channel():
    layer = QuantizedConvolution(3, 1)
    layer.build((None, 1, 1, 400))
    kernel = np.random.default_rng(2).normal(0, 1, (1, 1, 400, 3)) * [0.1, 1, 0]
    layer.set_weights([kernel, np.zeros(3)])

    found = layer(np.eye(400, dtype=np.float32)[:, None, None]).numpy()[:, 0, 0]

    step = np.abs(kernel[0, 0]).max(axis=0) / 127
    assert (np.abs(found - kernel[0, 0]) <= 0.501 * step).all()
    for channel in (0, 1):
        steps = found[:, channel] / step[channel]
        np.testing.assert_allclose(steps, steps.round(), atol=1e-3)
    assert (found[:, 2] == 0).all()


def test_gradients_pass_the_rounding(network):
    before = [weight.copy() for weight in network.get_weights()]
    network.compile(keras.optimizers.SGD(1.0), loss="mean_squared_error")

    network.train_on_batch(normalise(PHOTOS), np.ones((8, 64), np.float32))

    kernels = [i for i, weight in enumerate(before) if weight.ndim == 4]
    after = network.get_weights()
    assert len(kernels) == 2 * BLOCKS
    assert all(np.abs(after[i] - before[i]).max() > 0 for i in kernels)


def test_weights_can_be_copied_back(extractor, network):
    for own, other in zip(network.weights, extractor.weights, strict=True):
        assert own.path == other.path
        np.testing.assert_array_equal(own, other)
