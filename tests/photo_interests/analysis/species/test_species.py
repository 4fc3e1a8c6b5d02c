"""The real packs: what opens them, and what they name."""

import json
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from export.third_party.pack import read_packs, write_pack
from export.third_party.species import GERMAN
from photo_interests.analysis.analyzers import choose_analyzers
from photo_interests.analysis.card import load_analyzer, write_analyzer
from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.analysis.rows import Box, Detection
from photo_interests.analysis.species.birds import BirdClassifier, square_around
from photo_interests.analysis.species.insects import InsectClassifier
from photo_interests.analysis.species.species_classifier import SpeciesClassifier
from photo_interests.bundle.card import CardError, load_card, record_file
from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.bundle.location import find_bundle
from photo_interests.photos.decode import decode
from tests.contract.draw_detections import open_picture
from tests.contract.draw_species import (
    BOXES,
    PACKS,
    PICTURES,
    SQUARES,
    outputs,
    squares,
)
from tests.contract.draw_species import GOLDEN as GOLDEN_SPECIES
from tests.photo_interests.analysis.stored_models import StoredModels
from training.csv_rows import read_csv_rows

EXPECTED = json.loads(GOLDEN_SPECIES.read_text())
WHOLE = Detection(0, 0.9, Box(0.02, 0.02, 0.96, 0.96))
BUTTERFLY = {"caltech.butterfly": 0.4, "imagenet.monarch": 0.3}


def photo(path, kinds=None):
    image = decode(path, INPUT_RULE).image
    return DecodedPhoto(path, image, StoredModels(kinds=kinds))


@pytest.fixture(scope="module")
def birds(installed):
    return BirdClassifier(installed("birds"))


@pytest.fixture(scope="module")
def insects(installed):
    return InsectClassifier(installed("insects"))


@pytest.fixture(scope="module")
def objects(installed):
    return load_analyzer(installed("objects"), "objects")


def found(objects, *labels):
    """A thing of each of these labels, which fills the photo."""
    ids = [one.id for one in objects.labels]
    return [replace(WHOLE, label=ids.index(label)) for label in labels]


@pytest.fixture
def wall(tmp_path):
    path = tmp_path / "wall.png"
    Image.linear_gradient("L").resize((400, 300)).convert("RGB").save(path)
    return path


@pytest.mark.parametrize(
    ("box", "size", "expected"),
    [
        (Box(0.4, 0.4, 0.2, 0.2), (100, 100), (38, 38, 62, 62)),
        (Box(0.4, 0.4, 0.2, 0.1), (100, 200), (38, 78, 62, 102)),
        (Box(0.0, 0.9, 0.2, 0.1), (100, 100), (0, 83, 22, 100)),
        (Box(0.5, 0.5, 0.0, 0.0), (10, 10), (5, 5, 6, 6)),
    ],
)
def test_a_square_around_a_box(box, size, expected):
    assert square_around(box, size) == expected


def test_birds_are_sought_inside_boxes_of_birds_alone(birds, objects, wall):
    seen = []
    original = birds._species.classify
    shown = photo(wall)
    assert birds(shown) == ()
    shown.found["objects"] = objects, found(objects, "dog")
    assert birds(shown) == ()
    shown.found["objects"] = objects, found(objects, "bird", "dog", "bird")
    birds._species.classify = lambda picture: seen.append(picture) or original(picture)
    try:
        assert birds(shown) == ()  # a wall is no bird that is sure
    finally:
        birds._species.classify = original
    assert len(seen) == 2


def test_insects_are_sought_where_the_classifier_sees_one(insects, wall):
    assert insects.shows_insect(photo(wall, BUTTERFLY))
    assert not insects.shows_insect(photo(wall, {"caltech.butterfly": 0.4}))
    assert not insects.shows_insect(photo(wall, {"imagenet.beagle": 0.9}))
    assert insects(photo(wall, BUTTERFLY)) == ()


@pytest.mark.needs_photos
def test_a_flamingo_is_named_in_its_box(birds, objects, photo_data):
    names = [one.id for one in birds._species.card.labels]
    paths = sorted((photo_data / "images_caltech101" / "flamingo").glob("*.jpg"))
    named = []
    for path in paths[:15]:
        shown = photo(path)
        shown.found["objects"] = objects, found(objects, "bird")
        named += [(names[one.label], one) for one in birds(shown)]
    right = [name for name, _ in named if name.startswith("phoenicopterus")]
    assert len(right) >= 4 and len(named) - len(right) <= 1
    assert all(one.box == WHOLE.box and 0.5 <= one.score <= 1 for _, one in named)


@pytest.mark.needs_photos
def test_a_butterfly_is_named_behind_its_gate(insects, photo_data):
    paths = sorted((photo_data / "images_caltech101" / "butterfly").glob("*.jpg"))
    names = [one.id for one in insects._species.card.labels]
    named = [one for path in paths[:20] for one in insects(photo(path, BUTTERFLY))]
    assert len(named) >= 3 and all(one.box is None for one in named)
    assert "danaus_plexippus" in {names[one.label] for one in named}
    assert not any(insects(photo(path)) for path in paths[:20])


def test_packs_are_missed_by_nobody_and_birds_need_objects(installed, tmp_path):
    bundle = load_card(find_bundle())
    folder = installed("birds").parent
    chosen = choose_analyzers(bundle, None, tmp_path)
    assert not {"birds", "insects", "identity"} & {*chosen.folders, *chosen.missing}
    with pytest.raises(ValueError, match="birds: it looks into what objects find"):
        choose_analyzers(bundle, ["birds"], folder)
    with pytest.raises(ValueError, match="export third-party insects"):
        choose_analyzers(bundle, ["insects"], tmp_path)
    installed("objects")
    both = choose_analyzers(bundle, ["birds", "objects"], folder)
    assert list(both.folders) == ["objects", "birds"]


def test_a_model_that_does_not_fit_its_card(installed, tmp_path):
    folder = installed("birds")
    card = load_analyzer(folder, "birds")
    (tmp_path / card.model).write_bytes((folder / card.model).read_bytes())
    few = card.model_copy(update={"labels": card.labels[:3]})
    write_analyzer(few, tmp_path)
    with pytest.raises(CardError, match=r"expected .*3\)\)\], received .*965"):
        SpeciesClassifier(tmp_path, "birds")


def test_what_is_no_species_is_not_named(installed):
    classifier = SpeciesClassifier(installed("birds"), "birds")
    assert classifier.card.labels[-1].id == "background"
    noise = np.random.default_rng(1).integers(0, 256, (224, 224, 3), np.uint8)
    assert classifier.classify(Image.fromarray(noise)) is None


def test_every_german_name_is_of_a_species_of_a_pack(installed):
    used = {
        label.names["de"]
        for pack in ("birds", "insects")
        for label in load_analyzer(installed(pack), pack, verify=True).labels
    }
    assert {row["de"] for row in read_csv_rows(GERMAN)} <= used


@pytest.mark.parametrize("picture", PICTURES)
@pytest.mark.parametrize("name", PACKS)
def test_golden_species(installed, name, picture):
    pack = SpeciesClassifier(installed(name), name)
    received, expected = outputs(pack, picture), EXPECTED[name][picture]
    assert received["sha256"] == expected["sha256"]
    probabilities = dict(
        zip(
            (one.id for one in pack.card.labels),
            pack.probabilities(open_picture(picture).image),
            strict=True,
        )
    )
    for label, probability in expected["labels"].items():
        tolerance = pack.card.tolerances["score"]
        assert probabilities[label] == pytest.approx(probability, abs=tolerance)


@pytest.mark.parametrize("picture", PICTURES)
def test_golden_squares_around_boxes(birds, picture):
    assert EXPECTED[SQUARES]["boxes"] == [list(box) for box in BOXES]
    assert squares(birds, picture) == EXPECTED[SQUARES][picture]


@pytest.mark.parametrize("name", PACKS)
def test_the_app_takes_the_pack_that_is_made_here(installed, name, tmp_path):
    record = record_file(write_pack(installed(name), tmp_path))
    listed = [one for one in read_packs() if one["name"] == name][-1]
    assert (record.bytes, record.sha256) == (listed["bytes"], listed["sha256"])
