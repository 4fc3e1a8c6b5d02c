from pathlib import Path

import pytest
from PIL import Image

from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.photos.pixels import read_pixels
from training.experiments.app.parity import summarised
from training.experiments.app.parity_photos import FEW, PHOTOS, draw_parity_photos

LARGE = [name for name in PHOTOS if "megapixels" in name]


def test_photos_are_of_every_kind_and_python_reads_them(tmp_path: Path) -> None:
    small = [name for name in PHOTOS if name not in LARGE]
    photos = draw_parity_photos(tmp_path, small)
    pixels = [read_pixels(photo, INPUT_RULE) for photo in photos]
    assert len({image.tobytes() for image in pixels}) == len(small)
    modes = set()
    for photo in photos:
        with Image.open(photo) as image:
            modes.add(image.mode)
    assert modes >= {"RGB", "L", "CMYK", "RGBA", "LA", "P"}
    assert len(PHOTOS) - sum(name.endswith("heic") for name in PHOTOS) >= 30
    assert set(FEW) <= set(PHOTOS)


def test_photos_are_the_same_every_time(tmp_path: Path) -> None:
    first, again = tmp_path / "first", tmp_path / "again"
    for folder in (first, again):
        folder.mkdir()
        draw_parity_photos(folder, ["turned-6.jpg"])
    name = "turned-6.jpg"
    assert (first / name).read_bytes() == (again / name).read_bytes()


def test_the_summary_has_distances_and_unread_photos() -> None:
    found = summarised(["a", "b", "c"], {"b": 0.003, "a": 0.001}, 0.005)
    assert found["mean"] == pytest.approx(0.002)
    assert found["maximum"] == 0.003
    assert found["not_read"] == ["c"]


@pytest.mark.parametrize("distance", [0.006, float("nan")])
def test_summarised_refuses_a_distance_beyond_the_bound(distance: float) -> None:
    with pytest.raises(ValueError, match="expected at most 0.005"):
        summarised(["a", "b"], {"a": 0.001, "b": distance}, 0.005)


def test_summarised_refuses_photos_of_which_none_was_read() -> None:
    with pytest.raises(ValueError, match="received none"):
        summarised(["a"], {}, 0.005)
