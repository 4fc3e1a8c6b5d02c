"""The real detectors on drawn pictures, those of `tests/contract` as in the app."""

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from photo_interests.analysis.card import load_analyzer, write_analyzer
from photo_interests.analysis.detector import Detector, overlaps
from photo_interests.analysis.objects.object_detector import ObjectDetector
from photo_interests.analysis.people.face_detector import FaceDetector
from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.bundle.card import CardError
from tests.contract.draw_detections import (
    GOLDEN,
    beside,
    open_picture,
    rows,
    sentences,
    square,
)
from tests.photo_interests.analysis.drawn_scenes import clock, face
from tests.photo_interests.analysis.stored_models import StoredModels

EXPECTED = json.loads(GOLDEN.read_text(encoding="utf-8"))
NAMES = ("faces", "objects")


def photo(image):
    return DecodedPhoto(Path("drawn.png"), image, StoredModels())


@pytest.fixture(scope="module")
def faces(installed):
    return FaceDetector(installed("faces"))


@pytest.fixture(scope="module")
def objects(installed):
    return ObjectDetector(installed("objects"))


def sides(box):
    return [box.left, box.top, box.width, box.height]


@pytest.mark.parametrize("picture", EXPECTED)
def test_golden_detections(faces, objects, installed, picture):
    drawn = open_picture(picture)
    assert square(drawn) == EXPECTED[picture]["square"]
    for name, detect in (("faces", faces), ("objects", objects)):
        tolerances = load_analyzer(installed(name), name).tolerances
        received, expected = (
            rows(Detector.__call__(detect, drawn)),
            EXPECTED[picture][name],
        )
        assert [row[0] for row in received] == [row[0] for row in expected]
        for one, other in zip(received, expected, strict=True):
            assert one[1] == pytest.approx(other[1], abs=tolerances["score"])
            assert one[2:] == pytest.approx(other[2:], abs=tolerances["box"])


@pytest.mark.parametrize("picture", EXPECTED)
def test_golden_sentences(faces, objects, installed, picture):
    drawn = open_picture(picture)
    cards = {name: load_analyzer(installed(name), name) for name in NAMES}
    received = sentences({"faces": faces(drawn), "objects": objects(drawn)}, cards)
    assert received == EXPECTED[picture]["sentence"]


def test_golden_pictures_show_faces_and_things():
    assert sum(len(each["faces"]) for each in EXPECTED.values()) >= 6
    assert sum(len(each["objects"]) for each in EXPECTED.values()) >= 5
    assert EXPECTED["wall"]["faces"] == EXPECTED["wall"]["objects"] == []


def test_boxes_are_where_things_were_drawn(faces, objects):
    (one,) = faces(photo(face()))
    middle = one.box.left + one.box.width / 2, one.box.top + one.box.height / 2
    assert middle == pytest.approx((0.5, 0.48), abs=0.05)
    (one,) = objects(photo(clock()))
    assert sides(one.box) == pytest.approx([0.16, 0.21, 0.48, 0.48], abs=0.03)


def test_boxes_are_shares_of_a_photo_of_any_shape(faces):
    (alone,) = faces(photo(face()))
    (right,) = faces(photo(beside(clock(), face())))
    expected = [0.5 + alone.box.left / 2, alone.box.top, alone.box.width / 2]
    assert sides(right.box)[:3] == pytest.approx(expected, abs=0.03)


def test_the_largest_face_is_first(faces):
    small = Image.new("RGB", (480, 480), (196, 206, 214))
    small.paste(face(240), (120, 120))
    areas = [one.box.area for one in faces(photo(beside(small, face())))]
    assert len(areas) == 2 and areas[0] > 2 * areas[1]


def test_a_thing_is_reported_once(objects):
    detections = objects(photo(beside(clock(), clock())))
    assert [one.label for one in detections] == [74, 74]
    assert detections[0].score >= detections[1].score


def test_overlaps():
    box = np.array([0, 0, 2, 2], np.float32)
    others = np.array([[0, 0, 2, 2], [1, 0, 3, 2], [5, 5, 6, 6]], np.float32)
    assert overlaps(box, others) == pytest.approx([1, 1 / 3, 0])


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"labels": ()}, "expected scores of 0 labels, received 80"),
        ({"name": "faces"}, "expected the card of objects, received faces"),
    ],
)
def test_a_card_that_does_not_fit(installed, tmp_path, changes, message):
    folder = installed("objects")
    card = load_analyzer(folder, "objects", verify=True)
    (tmp_path / card.model).write_bytes((folder / card.model).read_bytes())
    write_analyzer(card.model_copy(update=changes), tmp_path)
    with pytest.raises(CardError, match=message):
        ObjectDetector(tmp_path)


def test_a_card_without_a_model_file_is_refused(installed, tmp_path):
    write_analyzer(load_analyzer(installed("faces"), "faces"), tmp_path)
    with pytest.raises(CardError, match=r"model\.tflite: expected .* received no file"):
        load_analyzer(tmp_path, "faces", verify=True)
