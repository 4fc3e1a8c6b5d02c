"""The released classifiers of scenes, made again from their committed weights."""

from pathlib import Path

import pytest

from export.scenes import write_scenes
from photo_interests.bundle.location import find_bundle
from training.interests.bases import OF_BUNDLES

RELEASED = Path("models/analyzers")
FOLDERS = {"everyday": "scene", "everyday-efficientnet": "everyday-efficientnet/scene"}


@pytest.mark.parametrize("name", FOLDERS)
def test_the_released_analyzer_byte_for_byte(tmp_path, name):
    write_scenes(tmp_path, OF_BUNDLES[name].scenes, find_bundle(name))
    released = RELEASED / FOLDERS[name]
    assert {path.name for path in tmp_path.iterdir()} == {
        path.name for path in released.iterdir()
    }
    for path in tmp_path.iterdir():
        assert path.read_bytes() == (released / path.name).read_bytes(), path.name


def test_a_classifier_for_another_extractor_is_refused(tmp_path):
    weights = OF_BUNDLES["everyday-efficientnet"].scenes
    with pytest.raises(ValueError, match="expected bundle everyday to have"):
        write_scenes(tmp_path, weights, find_bundle("everyday"))
    assert not list(tmp_path.iterdir())
