import keras
import numpy as np
import pytest

from training.experiments.recommenders.published_networks import (
    NETWORKS,
    LocalResponseNormalisation,
    alexnet,
    cnn_f,
)

DENSE = (6 * 6 * 256 + 1) * 4096 + (4096 + 1) * 4096 + (4096 + 1) * 1000
CNN_F = (
    (11 * 11 * 3 + 1) * 64
    + (5 * 5 * 64 + 1) * 256
    + 3 * (3 * 3 * 256 + 1) * 256
    + DENSE
)
ALEXNET = 60_965_224
"""Of Krizhevsky's network, with halves: 34,944 + 307,456 + 885,120 + 663,936 +
442,624 in its convolutions."""


def test_the_parameters_are_the_published_ones() -> None:
    assert alexnet(1000).count_params() == ALEXNET
    assert cnn_f(1000).count_params() == CNN_F == 60_834_536


@pytest.mark.parametrize(
    ("name", "sizes"),
    [
        ("cnn_f", [54, 27, 27, 13, 13, 13, 13, 6]),
        ("alexnet", [55, 27, 27, 13, 13, 13, 13, 6]),
    ],
)
def test_maps_have_the_published_sizes(name: str, sizes: list[int]) -> None:
    network = NETWORKS[name](10)
    kinds = (keras.layers.Conv2D, keras.layers.MaxPooling2D)
    halves: list[keras.layers.Layer] = []
    found = []
    for layer in network.layers:
        if isinstance(layer, kinds):
            halves = [*halves, layer] if isinstance(layer, kinds[0]) else []
            twin = name == "alexnet" and len(halves) > 1 and _same(*halves[-2:])
            found += [] if twin else [layer.output.shape[1]]
            halves = [] if twin else halves
    assert found == sizes


def _same(one: keras.layers.Layer, other: keras.layers.Layer) -> bool:
    return one.kernel.shape == other.kernel.shape and one.filters < 200


def test_channels_are_divided_by_their_neighbours() -> None:
    values = np.full((1, 1, 1, 7), 100.0, np.float32)
    made = np.asarray(LocalResponseNormalisation()(values))[0, 0, 0]
    inner = 100 / (2 + 1e-4 * 5 * 100**2) ** 0.75
    outer = 100 / (2 + 1e-4 * 3 * 100**2) ** 0.75
    np.testing.assert_allclose(made[[3, 0]], [inner, outer], rtol=1e-5)


def test_a_half_of_alexnet_does_not_see_the_other_half() -> None:
    keras.utils.set_random_seed(1)
    network = alexnet(2)
    first = [one for one in network.layers if isinstance(one, keras.layers.Conv2D)][1]
    assert first.kernel.shape == (5, 5, 48, 128)
