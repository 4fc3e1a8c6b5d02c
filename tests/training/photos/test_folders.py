from pathlib import Path

import pytest
from PIL import Image

from training.photos.folders import read_folder_per_class, read_known_sets


def test_a_folder_per_class_is_read_to_any_depth(tmp_path: Path):
    for name in ("mine/cat/a.jpg", "mine/cat/deep/b.PNG", "mine/dog/c.webp"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.new("RGB", (8, 8)).save(path)
    (tmp_path / "mine/cat/notes.txt").write_text("no photo")

    photos = read_folder_per_class(tmp_path / "mine")

    assert [(p.source, p.path, p.label) for p in photos] == [
        ("mine", "cat/a.jpg", "cat"),
        ("mine", "cat/deep/b.PNG", "cat"),
        ("mine", "dog/c.webp", "dog"),
    ]


def test_a_folder_without_photos_is_named(tmp_path: Path):
    with pytest.raises(ValueError, match=str(tmp_path)):
        read_folder_per_class(tmp_path)


def test_a_missing_set_is_named(tmp_path: Path):
    with pytest.raises(ValueError, match="images_caltech101"):
        read_known_sets(tmp_path)


@pytest.mark.needs_photos
def test_the_three_sets_are_whole(photo_data: Path):
    photos = read_known_sets(photo_data)

    counts = {
        source: sum(photo.source == source for photo in photos)
        for source in ("caltech", "grocery", "clothing")
    }
    assert counts == {"caltech": 5678, "grocery": 2707, "clothing": 3702}
    assert all((photo_data / photo.path).is_file() for photo in photos)
