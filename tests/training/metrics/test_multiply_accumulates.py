import keras
import pytest

from training.backbone.mobilenet import build_extractor
from training.metrics.multiply_accumulates import multiply_accumulates


def test_multiplications_are_those_of_the_paper() -> None:
    # MobileNet v1 1.0 at 224 pixels: 569 million with its classifier of 1,024,000.
    assert multiply_accumulates(build_extractor(224)) == pytest.approx(568e6, rel=0.002)


def test_a_convolution_costs_its_outputs_times_its_kernel() -> None:
    image = keras.Input((8, 8, 3))
    output = keras.layers.Conv2D(5, 3, strides=2, padding="same")(image)
    assert multiply_accumulates(keras.Model(image, output)) == 4 * 4 * 3 * 3 * 3 * 5
