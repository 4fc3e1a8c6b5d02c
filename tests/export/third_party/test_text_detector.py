"""What the detector of text computes in another way than its file says."""

import numpy as np
import pytest

pytest.importorskip("onnx")
import tensorflow as tf  # noqa: E402

from export.third_party import text_detector  # noqa: E402
from export.third_party.onnx_operators import OPERATORS, Tensor  # noqa: E402
from export.third_party.text_calibration import LINES, PICTURES, pictures  # noqa: E402
from training.experiments.analyzers.drawn_text import RECEIPT  # noqa: E402

RANDOM = np.random.default_rng(3)
CHANNELS = text_detector.CHANNELS


def values(*shape):
    return RANDOM.normal(size=shape).astype(np.float32)


def normalisation(name, channels):
    return {
        f"{name}.w_0": values(channels), f"{name}.b_0": values(channels),
        f"{name}.w_1": values(channels), f"{name}.w_2": values(channels) ** 2 + 0.5,
    }  # fmt: skip


def operate(kind, *given, **attributes):
    tensors = [one if isinstance(one, Tensor) else Tensor(one, False) for one in given]
    return OPERATORS[kind](tensors, attributes)


def normalise(image, constants, name):
    parts = (constants[f"{name}.{part}"] for part in ("w_0", "b_0", "w_1", "w_2"))
    return operate("BatchNormalization", image, *parts, epsilon=1e-5)


def test_two_deconvolutions_are_products_of_single_pixels():
    constants = {
        "conv2d_transpose_0.w_0": values(CHANNELS, CHANNELS, 2, 2),
        "conv2d_transpose_0.b_0": values(CHANNELS),
        "conv2d_transpose_1.w_0": values(CHANNELS, 1, 2, 2),
        "conv2d_transpose_1.b_0": values(1),
        **normalisation("batch_norm_48", CHANNELS),
    }
    image = values(1, 3, 5, CHANNELS)
    larger = operate(
        "ConvTranspose", Tensor(image, True), constants["conv2d_transpose_0.w_0"],
        strides=[2, 2],
    )  # fmt: skip
    larger = Tensor(larger.value + constants["conv2d_transpose_0.b_0"], True)
    hidden = tf.nn.relu(normalise(larger, constants, "batch_norm_48").value)
    expected = operate(
        "ConvTranspose", Tensor(hidden, True), constants["conv2d_transpose_1.w_0"],
        strides=[2, 2],
    ).value + constants["conv2d_transpose_1.b_0"]  # fmt: skip
    first, first_bias = text_detector.first_deconvolution(constants)
    second, second_bias = text_detector.second_deconvolution(constants)
    hidden = tf.nn.relu(tf.nn.conv2d(image, first, 1, "VALID") + first_bias)
    received = tf.nn.conv2d(hidden, second, 1, "VALID") + second_bias
    received = tf.nn.depth_to_space(received, text_detector.STEP)
    assert np.asarray(received) == pytest.approx(np.asarray(expected), abs=1e-3)


def test_the_first_kernel_takes_bytes_minus_the_middle():
    constants = {
        "conv2d_0.w_0": values(8, 3, 3, 3), **normalisation("batch_norm_0", 8)
    }  # fmt: skip
    pixels = RANDOM.integers(0, 256, (1, 9, 9, 3)).astype(np.float32)
    scaled = (pixels - text_detector.MEAN) / text_detector.DEVIATION

    def run(image, weights):
        kernel = weights["conv2d_0.w_0"][:, ::-1]  # from blue, green, red
        convolved = operate(
            "Conv", Tensor(tf.cast(image, tf.float32), True), kernel,
            group=1, kernel_shape=[3, 3], pads=[0, 0, 0, 0], strides=[2, 2],
        )  # fmt: skip
        return normalise(convolved, weights, "batch_norm_0").value

    changed = constants | text_detector.without_normalisation(constants)
    received = run(pixels - text_detector.MIDDLE, changed)
    assert np.asarray(received) == pytest.approx(
        np.asarray(run(scaled, constants)), abs=1e-3
    )


@pytest.mark.parametrize("scale", [2, 4, 8])
def test_enlarging_repeats_pixels(scale):
    image = values(1, 2, 3, 5)
    sizes = Tensor(np.array([1, 1, scale, scale], np.float32), False)
    received = text_detector.enlarge([Tensor(image, True), sizes], {}).value
    expected = image.repeat(scale, axis=1).repeat(scale, axis=2)
    assert np.array_equal(np.asarray(received), expected)


def test_pictures_that_set_ranges_are_the_same_each_time_and_no_measured_ones():
    first, second = (list(pictures(160, (114, 114, 114))) for _ in range(2))
    assert len(first) == PICTURES
    for (one,), (other,) in zip(first, second, strict=True):
        assert one.shape == (1, 160, 160, 3) and np.array_equal(one, other)
    assert not set(LINES) & set(RECEIPT)
