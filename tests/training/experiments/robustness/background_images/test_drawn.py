"""Drawn background images and alterations: whole pictures, equal for equal seeds."""

import numpy as np
import pytest
from PIL import Image

from training.experiments.robustness.background_images import ruined, screens, surfaces
from training.experiments.robustness.background_images.altered import ALTERATIONS
from training.experiments.robustness.background_images.drawn import draw_background

SIDE = 224


@pytest.fixture(scope="module")
def photos() -> np.ndarray:
    random = np.random.default_rng(0)
    coarse = random.integers(0, 256, (3, 14, 14, 3), dtype=np.uint8)
    return coarse.repeat(16, axis=1).repeat(16, axis=2)


def test_every_kind_is_drawn_alike_and_each_picture_differs(photos: np.ndarray) -> None:
    first, again = draw_background(2, photos, 5), draw_background(2, photos, 5)
    kinds = (*screens.KINDS, *surfaces.KINDS, *ruined.KINDS)
    assert list(first) == [kind.__name__ for kind in kinds]
    for kind, pictures in first.items():
        assert (pictures.shape, pictures.dtype) == ((2, SIDE, SIDE, 3), np.uint8)
        np.testing.assert_array_equal(pictures, again[kind])
        assert (pictures[0] != pictures[1]).any()
        assert pictures.std() > 1


@pytest.mark.parametrize("name", ALTERATIONS)
def test_alterations_change_photos_and_keep_their_size(
    name: str, photos: np.ndarray
) -> None:
    photo = Image.fromarray(photos[0])
    altered = ALTERATIONS[name](np.random.default_rng(0), photo)
    assert (altered.size, altered.mode) == ((SIDE, SIDE), "RGB")
    same = np.array_equal(np.asarray(altered), photos[0])
    assert same == (name == "as they are")
    np.testing.assert_array_equal(np.asarray(photo), photos[0])
