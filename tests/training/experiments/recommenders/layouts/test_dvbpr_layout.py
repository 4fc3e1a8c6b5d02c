"""A small file exactly in the layout of AmazonFashion6ImgPartitioned.npy."""

import io

import numpy as np
import pytest
from PIL import Image

from photo_interests.bundle.location import find_bundle
from photo_interests.models.extractor import Extractor
from training.experiments.recommenders.layouts.dvbpr import load_dvbpr


def jpeg(colour):
    content = io.BytesIO()
    Image.new("RGB", (50, 60), colour).save(content, "JPEG")
    return content.getvalue()


def taken(*items):
    return [{"productid": item, "reviewText": "nice"} for item in items]


@pytest.fixture
def parts():
    return [
        {0: taken(0, 1), 1: taken(2)},
        {0: taken(2), 1: taken(0)},
        {0: taken(3), 1: taken(1)},
        {n: {"imgs": jpeg((n * 60, 0, 0)), "asin": f"B{n}"} for n in range(4)},
        2,
        4,
    ]


@pytest.fixture
def load(tmp_path):
    def read(parts, extract=lambda pixels: pixels.mean(axis=(1, 2))):
        array = np.empty(len(parts), object)
        array[:] = parts
        np.save(tmp_path / "set.npy", array, allow_pickle=True)
        return load_dvbpr(tmp_path / "set.npy", extract, size=16)

    return read


def test_parts_are_used_as_they_are(parts, load):
    data = load(parts)
    assert data.train.tolist() == [[0, 0], [0, 1], [1, 2]]
    assert data.validation.tolist() == [[0, 2], [1, 0]]
    assert data.test.tolist() == [[0, 3], [1, 1]]
    assert data.pixels.shape == (4, 16, 16, 3)
    assert abs(float(data.features[3, 0]) - 180) < 5


def test_python_2_wrote_bytes_as_text(parts, load):
    for item in parts[3].values():
        item["imgs"] = item["imgs"].decode("latin1")
    assert abs(float(load(parts).features[2, 0]) - 120) < 5


def test_with_the_released_extractor(parts, load):
    data = load(parts, Extractor(find_bundle()))
    assert data.features.dtype == np.uint8 and data.features.shape == (4, 1024)


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda p: p.pop(), "expected 6 objects, received 5"),
        (lambda p: p[0].update({7: taken(1)}), "user_train: .* 0 to 1, received 7"),
        (
            lambda p: p[2].update({1: taken(1, 9)}),
            "user_test of user 1, row 1: .* 0 to 3, received 9",
        ),
        (lambda p: p[3].pop(2), "Item 2: expected a picture, received none"),
        (lambda p: p[3].update({2: {"imgs": b"x"}}), "Item 2: expected a JPEG"),
        (lambda p: p[2].update({0: taken(1)}), "user 0 to take item 1 once"),
    ],
)
def test_bad_parts_are_named(parts, load, spoil, message):
    spoil(parts)
    with pytest.raises(ValueError, match=message):
        load(parts)
