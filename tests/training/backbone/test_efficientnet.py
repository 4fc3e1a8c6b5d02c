import keras
import numpy as np
import pytest
import tensorflow as tf

from export.extractor import SIGNATURE, convert_network, normalise
from export.signature_runner import SignatureRunner
from tests.training.backbone.drawn_efficientnet import drawn_weights
from training.backbone.efficientnet import (
    BLOCKS,
    EPSILON,
    build_efficientnet,
    classifier,
    replace_upper,
    split_before,
)
from training.backbone.efficientnet_weights import Weights
from training.backbone.quantization_aware import calibrate, quantization_aware

SIDE = 64
SQUARES = np.random.default_rng(1).integers(0, 256, (8, 8, 8, 3), np.uint8)
PHOTOS = SQUARES.repeat(8, axis=1).repeat(8, axis=2)


@pytest.fixture(scope="module")
def weights() -> Weights:
    return drawn_weights()


@pytest.fixture
def network(weights: Weights) -> keras.Model:
    return build_efficientnet(weights, SIDE)


def by_its_paper(weights: Weights, photos: np.ndarray) -> np.ndarray:
    """The network with batch norms and its own input, without Keras."""

    def normal(x: tf.Tensor, name: str) -> tf.Tensor:
        mean, variance, bias, weight = (
            weights[f"{name}.{part}"]
            for part in ("running_mean", "running_var", "bias", "weight")
        )
        return tf.nn.batch_normalization(x, mean, variance, bias, weight, EPSILON)

    def convolve(x: tf.Tensor, name: str, norm: str, stride: int = 1) -> tf.Tensor:
        kernel = weights[f"{name}.weight"].transpose(2, 3, 1, 0)
        return normal(tf.nn.conv2d(x, kernel, stride, "SAME"), norm)

    x = (photos.astype(np.float32) - 127) / 128
    x = tf.nn.relu6(convolve(x, "_conv_stem", "_bn0", 2))
    number = 0
    for repeats, stride, expansion in BLOCKS:
        for repeat in range(repeats):
            start, block = x, f"_blocks.{number}."
            step = 1 if repeat else stride
            if expansion != 1:
                x = convolve(x, f"{block}_expand_conv", f"{block}_bn0")
                x = tf.nn.relu6(x)
            kernel = weights[f"{block}_depthwise_conv.weight"].transpose(2, 3, 0, 1)
            x = tf.nn.depthwise_conv2d(x, kernel, (1, step, step, 1), "SAME")
            x = tf.nn.relu6(normal(x, f"{block}_bn1"))
            x = convolve(x, f"{block}_project_conv", f"{block}_bn2")
            if step == 1 and x.shape == start.shape:
                x += start
            number += 1
    x = tf.nn.relu6(convolve(x, "_conv_head", "_bn1"))
    return tf.reduce_mean(x, (1, 2)).numpy()


def test_it_computes_what_the_network_with_batch_norms_does(
    network: keras.Model, weights: Weights
) -> None:
    expected = by_its_paper(weights, PHOTOS)
    found = network(normalise(PHOTOS)).numpy()
    assert found.std(axis=0).max() > 0.05
    # Its border is -1/255 of ours, since black and white lie at other values.
    np.testing.assert_allclose(found, expected, atol=0.03)
    kernel, bias = classifier(weights)
    assert (found @ kernel + bias).shape == (8, 5)


def test_both_parts_give_what_the_whole_does(network: keras.Model) -> None:
    lower, upper = split_before(network, 14)
    maps = lower(normalise(PHOTOS))
    assert maps.shape == (8, 2, 2, 8)
    np.testing.assert_allclose(upper(maps), network(normalise(PHOTOS)), atol=1e-4)


@pytest.mark.parametrize("block", [0, 16])
def test_a_block_that_is_not_there_is_refused(network: keras.Model, block: int) -> None:
    with pytest.raises(ValueError, match=f"received {block}"):
        split_before(network, block)


def test_what_the_upper_part_learns_the_whole_has(network: keras.Model) -> None:
    lower, upper = split_before(network, 15)
    before = network(normalise(PHOTOS)).numpy()
    upper.set_weights([one + 0.1 for one in upper.get_weights()])
    replace_upper(network, upper)
    after = network(normalise(PHOTOS)).numpy()
    assert np.abs(after - before).max() > 0.01
    np.testing.assert_allclose(after, upper(lower(normalise(PHOTOS))), atol=1e-4)


def test_int8_steps_are_those_of_the_file(weights: Weights) -> None:
    # Activations then reach 6, as the 256 steps of both do.
    ends_of = ("_bn0.weight", "_bn1.weight")
    bright = {n: 6 * w if n.endswith(ends_of) else w for n, w in weights.items()}
    _, upper = split_before(build_efficientnet(bright), 14)
    maps = np.random.default_rng(2).integers(0, 256, (16, 7, 7, 8), np.uint8)
    inputs = normalise(maps)
    ends = np.zeros((1, 7, 7, 8), np.uint8)
    ends[:, ::2] = 255  # which the converter sees as well
    calibrate(upper, np.concatenate([normalise(ends), inputs]))
    rounded = quantization_aware(upper)
    quantised = convert_network(upper, "int8", maps)
    assert "ADD" in quantised.operators
    run = SignatureRunner(quantised.content)
    scale, zero_point = run.output(SIGNATURE, "features")
    assert zero_point == 0
    stored = [run(SIGNATURE, image=one[None])["features"][0] for one in maps]
    received = np.stack(stored) * np.float32(scale)
    exact = convert_network(upper, "float")
    run_exact = SignatureRunner(exact.content)
    rows = [run_exact(SIGNATURE, image=one[None])["features"][0] for one in inputs]
    np.testing.assert_allclose(np.stack(rows), upper(inputs), atol=1e-3)
    read = (maps.astype(np.float32) - 127) / 127.5  # by the file's input
    own = np.square(rounded(read).numpy() - received).mean()
    assert own < 0.7 * np.square(upper(read).numpy() - received).mean()


def test_bounds_must_be_calibrated(network: keras.Model) -> None:
    with pytest.raises(ValueError, match="call `calibrate` before"):
        quantization_aware(network)
