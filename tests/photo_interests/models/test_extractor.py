import json
import shutil

import numpy as np
import pytest

from photo_interests.bundle.card import CardError, load_card
from photo_interests.models.extractor import Extractor

SHAPE = (224, 224, 3)


@pytest.fixture(scope="module")
def pixels():
    return np.random.default_rng(0).integers(0, 256, (3, *SHAPE), dtype=np.uint8)


def test_bundle_and_file_agree(tiny_bundle, pixels):
    features = Extractor(tiny_bundle)(pixels)
    assert features.shape == (3, 1024)
    assert features.dtype == np.uint8
    assert len(np.unique(features, axis=0)) == 3
    by_file = Extractor(tiny_bundle / "extractor.tflite", threads=2)
    np.testing.assert_array_equal(by_file(pixels), features)


def test_each_photo_stands_alone(tiny_bundle, pixels):
    extractor = Extractor(tiny_bundle)
    np.testing.assert_array_equal(extractor(pixels[1:2])[0], extractor(pixels)[1])


def test_no_photos_no_rows(tiny_bundle, pixels):
    assert Extractor(tiny_bundle)(pixels[:0]).shape == (0, 1024)


@pytest.mark.parametrize(
    "wrong", [np.zeros((1, 8, 8, 3), np.uint8), np.zeros((1, *SHAPE), np.float32)]
)
def test_other_pixels_are_refused(tiny_bundle, wrong):
    with pytest.raises(ValueError, match=r"expected uint8 .*received \w+ \(1, "):
        Extractor(tiny_bundle)(wrong)


@pytest.mark.parametrize("key", ["scale", "zero_point"])
def test_other_quantisation_is_refused(tiny_bundle, tmp_path, key):
    bundle = shutil.copytree(tiny_bundle, tmp_path / "bundle")
    content = json.loads((bundle / "card.json").read_text())
    content["features"][key] = 7
    (bundle / "card.json").write_text(json.dumps(content))
    with pytest.raises(CardError, match=f"extractor.tflite: expected .*'{key}': 7"):
        Extractor(bundle)


def test_changed_network_is_refused(tiny_bundle, tmp_path):
    bundle = shutil.copytree(tiny_bundle, tmp_path / "bundle")
    shutil.copy(bundle / "aggregator.tflite", bundle / "extractor.tflite")
    with pytest.raises(CardError, match="extractor.tflite: expected"):
        Extractor(bundle)
    with pytest.raises(ValueError, match="extractor.tflite"):
        Extractor(bundle, card=load_card(bundle, verify=False))
