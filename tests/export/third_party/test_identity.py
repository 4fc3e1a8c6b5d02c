import json

import numpy as np
import pytest
import tensorflow as tf

from export.third_party import dlib_network
from export.third_party.dlib_network import BLOCKS, MEAN, RANGE
from export.third_party.tensorflow_js import read_weights


def manifest(*entries):
    return json.dumps([{"weights": list(entries), "paths": ["x.bin"]}]).encode()


FLOATS = {"name": "a", "shape": [2, 1], "dtype": "float32"}
BYTES = {
    "name": "b",
    "shape": [3],
    "dtype": "float32",
    "quantization": {"dtype": "uint8", "scale": 0.5, "min": -1.0},
}
CONTENT = np.array([1.5, -2], "<f4").tobytes() + bytes([0, 2, 255])


def test_weights_of_both_kinds():
    weights = read_weights(manifest(FLOATS, BYTES), CONTENT)
    assert weights["a"].tolist() == [[1.5], [-2]]
    assert weights["b"].tolist() == [-1, 0, 126.5]
    assert {one.dtype for one in weights.values()} == {np.dtype(np.float32)}


@pytest.mark.parametrize("content", [CONTENT + b"x", CONTENT[:-1], CONTENT[:6]])
def test_content_of_another_length_is_refused(content):
    with pytest.raises(
        ValueError, match=rf"weights: expected .* received {len(content)}"
    ):
        read_weights(manifest(FLOATS, BYTES), content)


@pytest.fixture(scope="module")
def weights():
    """Random ones of the network's shapes."""
    random = np.random.default_rng(1)
    drawn = {"fc": random.normal(0, 1, (256, 128)).astype(np.float32)}

    def layer(name, side, inputs, outputs):
        shape = (side, side, inputs, outputs)
        drawn[f"{name}/conv/filters"] = random.normal(0, 0.05, shape).astype("f")
        for key in ("conv/bias", "scale/weights", "scale/biases"):
            drawn[f"{name}/{key}"] = random.normal(1, 0.1, outputs).astype("f")

    layer("conv32_down", 7, 3, 32)
    inputs = 32
    for name, blocks, smaller in BLOCKS:
        outputs = int(name.removeprefix("conv"))
        if smaller is not None:
            layer(f"{smaller}/conv1", 3, inputs, outputs)
            layer(f"{smaller}/conv2", 3, outputs, outputs)
        for number in range(1, blocks + 1):
            layer(f"{name}_{number}/conv1", 3, outputs, outputs)
            layer(f"{name}_{number}/conv2", 3, outputs, outputs)
        inputs = outputs
    return drawn


def test_it_has_29_convolutions_and_gives_128_numbers(weights):
    assert sum(name.endswith("filters") for name in weights) == 29
    faces = tf.random.uniform((2, 150, 150, 3), 0, 255, seed=1)
    found = dlib_network.build(weights)(faces)
    assert found.shape == (2, 128)
    assert np.abs(found[0] - found[1]).max() > 1e-3


def test_mean_and_range_are_in_the_first_kernel(weights):
    """The same as a network that is given normalised pixels."""
    faces = tf.random.uniform((1, 150, 150, 3), 0, 255, seed=1)
    plain = dict(weights)
    plain["conv32_down/conv/filters"] = weights["conv32_down/conv/filters"] * RANGE
    shift = np.einsum(
        "hwio,i->o", weights["conv32_down/conv/filters"], np.array(MEAN, "f") / 1
    )
    plain["conv32_down/conv/bias"] = weights["conv32_down/conv/bias"] + shift
    normalised = (faces - MEAN) / RANGE
    expected = dlib_network.build(weights)(faces).numpy()
    assert dlib_network.build(plain)(normalised).numpy() == pytest.approx(
        expected, rel=1e-3, abs=1e-3
    )
