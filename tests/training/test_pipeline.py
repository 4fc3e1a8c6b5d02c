import shutil
from pathlib import Path

import numpy as np
import pytest
from synthetic import photo_table

from photo_interests.bundle.location import find_bundle
from training.features.feature_set import FeatureSet
from training.interests.bases import OF_BUNDLES, Base
from training.photos import catalogue
from training.photos.attribution import EFFICIENTNET, PRETRAINED, sources_of
from training.pipeline import features_step, photos_step
from training.runs import Record
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


def test_a_feature_set_names_the_weights_that_its_extractor_started_from(
    tmp_path: Path,
) -> None:
    place = Workspace(tmp_path / "runs", tmp_path / "data")
    photos = place.photos.parent
    shutil.copytree(catalogue.HERE, place.catalogue)
    table = photo_table().head(6).assign(category="caltech.cup")
    table.to_parquet(place.photos)
    sources = sources_of(table)
    Record("photos", "photos", "", {}, {}, "", 0, 0, 1, {"sources": sources}).save(
        photos
    )
    place.pixels.parent.mkdir()
    np.save(place.pixels, np.zeros((len(table), 224, 224, 3), np.uint8))
    extractor = find_bundle("everyday-178")
    features_step(place, "released", extractor, threads=1)
    features_step(place, "other", extractor, threads=1, pretrained=EFFICIENTNET)

    def named(name: str) -> list[dict[str, str]]:
        return list(FeatureSet.load(place.features / name).provenance["sources"])

    assert named("released") == [*sources[:-1], PRETRAINED]
    assert named("other") == [*sources[:-1], EFFICIENTNET]


@pytest.mark.parametrize("base", OF_BUNDLES.values(), ids=list(OF_BUNDLES))
def test_committed_features_name_the_weights_of_their_extractor(base: Base) -> None:
    weights = FeatureSet.load(base.features).provenance["sources"][-1]
    assert weights == (EFFICIENTNET if base.heads else PRETRAINED)
