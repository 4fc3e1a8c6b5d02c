import shutil
from pathlib import Path

import pytest

from training.photos import catalogue
from training.pipeline import photos_step
from training.workspace import Workspace


def test_photos_are_labelled_again_when_the_labels_of_categories_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Workspace(tmp_path / "runs", tmp_path / "data")
    place.data.mkdir()
    labels = tmp_path / "labels"
    shutil.copytree(catalogue.HERE, labels)
    monkeypatch.setattr(catalogue, "HERE", labels)

    def places() -> set[Path]:
        with pytest.raises(ValueError, match="expected"):
            photos_step(place)  # there are no photos: each key leaves its folder
        return set(place.runs.glob("photos-*"))

    first = places()
    assert len(first) == 1 and places() == first
    with (labels / catalogue.BACKGROUND).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert len(places()) == 2
