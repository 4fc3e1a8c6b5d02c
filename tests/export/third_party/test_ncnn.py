from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("tensorflow")

from export.third_party import ncnn  # noqa: E402
from export.third_party.quantisation import Quantisation  # noqa: E402

LAYERS = """7767517
3 3
Input images 0 1 images
YoloV5Focus focus 1 1 images whole
Convolution pointwise 1 1 whole mixed 0=2 1=1 5=1 6=24
"""
MEAN, DEVIATION = (100.0, 110.0, 120.0), (50.0, 60.0, 70.0)
RANDOM = np.random.default_rng(0)
KERNEL = RANDOM.normal(size=(2, 12)).astype("<f4")
BIAS = np.array([1, -2], "<f4")
WEIGHTS = b"\0\0\0\0" + KERNEL.tobytes() + BIAS.tobytes()
IMAGES = RANDOM.integers(0, 256, (2, 4, 6, 3)).astype(np.float32)


@pytest.fixture
def layers(tmp_path: Path) -> list[ncnn.Layer]:
    path = tmp_path / "network.param"
    path.write_text(LAYERS, "utf-8")
    return ncnn.read_layers(path)


def expected() -> np.ndarray:
    normal = (IMAGES - MEAN) / DEVIATION
    columns_first = [
        normal[:, row::2, column::2] for column in (0, 1) for row in (0, 1)
    ]
    return np.concatenate(columns_first, -1) @ KERNEL.T + BIAS


def test_focus_normalises_and_makes_every_second_pixel_a_channel(layers):
    network = ncnn.build(layers, WEIGHTS, ["mixed"], (MEAN, DEVIATION))
    (mixed,) = network(IMAGES)
    np.testing.assert_allclose(mixed.numpy(), expected(), rtol=1e-4, atol=1e-4)


def test_each_tensor_is_observed_and_biases_are_shifted(layers):
    names = []

    def observe(name, tensor):
        names.append(name)
        return tensor

    shifted = Quantisation(shifts={"mixed": (0.5, -1.0)})
    network = ncnn.build(
        layers, WEIGHTS, ["mixed"], (MEAN, DEVIATION), shifted.adapt, observe
    )
    (mixed,) = network(IMAGES)
    assert names == ["images", "whole", "mixed"]
    wanted = expected() + np.array([0.5, -1.0])
    np.testing.assert_allclose(mixed.numpy(), wanted, rtol=1e-4, atol=1e-4)


def test_weights_of_another_length_are_refused(layers):
    with pytest.raises(ValueError, match="expected 108 bytes, received 112"):
        ncnn.build(layers, WEIGHTS + b"\0\0\0\0", ["mixed"], (MEAN, DEVIATION))
