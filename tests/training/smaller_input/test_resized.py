import keras
import numpy as np
import pytest

from training.backbone.mobilenet import build_extractor
from training.smaller_input.resized import at_size, multiplications, resized


def test_photos_are_averaged_not_sampled() -> None:
    photos = np.zeros((2, 64, 64, 3), np.uint8)
    photos[0, ::2] = 255  # stripes that sampling would keep
    small = resized(photos, 32)
    assert small.shape == (2, 32, 32, 3)
    assert abs(float(small[0, 8:-8].mean()) - 127.5) < 2
    assert resized(photos, 64) is photos
    assert resized(photos[:0], 32).shape == (0, 32, 32, 3)


def test_a_network_keeps_its_weights_at_another_size() -> None:
    network = build_extractor(64)
    other = at_size(network, 96)
    assert other.input_shape == (None, 96, 96, 3)
    for mine, theirs in zip(network.get_weights(), other.get_weights(), strict=True):
        assert np.array_equal(mine, theirs)


def test_multiplications_are_those_of_the_paper() -> None:
    # MobileNet v1 1.0 at 224 pixels: 569 million with its classifier of 1,024,000.
    assert multiplications(build_extractor(224)) == pytest.approx(568e6, rel=0.002)


def test_a_convolution_costs_its_outputs_times_its_kernel() -> None:
    image = keras.Input((8, 8, 3))
    output = keras.layers.Conv2D(5, 3, strides=2, padding="same")(image)
    assert multiplications(keras.Model(image, output)) == 4 * 4 * 3 * 3 * 3 * 5
