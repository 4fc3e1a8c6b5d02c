"""The real networks on drawn faces, those of `tests/contract` as in the golden file."""

import hashlib
import json

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from photo_interests.analysis.card import load_analyzer, write_analyzer
from photo_interests.analysis.identity.alignment import align
from photo_interests.analysis.identity.face_embedder import EMBEDDER, FaceEmbedder
from photo_interests.analysis.photo import DecodedPhoto
from photo_interests.bundle.card import CardError
from photo_interests.bundle.input_rule import INPUT_RULE
from photo_interests.photos.decode import decode
from tests.contract.draw_detections import open_picture
from tests.contract.draw_identity import GOLDEN, PICTURES, faces, numbers
from tests.photo_interests.analysis.drawn_scenes import face
from tests.photo_interests.analysis.stored_models import StoredModels

EXPECTED = json.loads(GOLDEN.read_text())


@pytest.fixture(scope="module")
def embed(installed):
    return FaceEmbedder(installed("identity"))


def photo(image, path):
    image.save(path)
    return DecodedPhoto(path, image, StoredModels())


def distance(one, other):
    return float(np.linalg.norm(one.embedding - other.embedding))


@pytest.mark.parametrize("picture", PICTURES)
def test_golden_identities(embed, installed, picture):
    tolerances = load_analyzer(installed("identity"), "identity").tolerances
    received, expected = faces(embed, picture), EXPECTED[picture]
    assert [one["sha256"] for one in received] == [one["sha256"] for one in expected]
    for one, other in zip(received, expected, strict=True):
        assert one["box"] == pytest.approx(other["box"], abs=tolerances["box"])
        difference = np.linalg.norm(numbers(one) - numbers(other))
        assert difference <= tolerances["embedding"]


@pytest.mark.parametrize("picture", PICTURES)
def test_golden_points_give_the_golden_pixels(picture):
    image = open_picture(picture).image
    for one in EXPECTED[picture]:
        pixels = align(image, np.array(one["points"]).reshape(-1, 2))
        assert hashlib.sha256(pixels.tobytes()).hexdigest() == one["sha256"]


def test_golden_pictures_show_faces():
    assert [len(EXPECTED[picture]) for picture in PICTURES] == [1, 1, 1, 3, 0]


def test_a_face_that_is_turned_and_darker_is_the_same(embed, tmp_path):
    (plain,) = embed(photo(face(), tmp_path / "plain.png"))
    turned = face().rotate(20, Image.Resampling.BILINEAR, fillcolor=(196, 206, 214))
    dark = ImageEnhance.Brightness(turned).enhance(0.8)
    (other,) = embed(photo(dark, tmp_path / "dark.png"))
    assert distance(plain, other) < 0.35
    narrow = face().resize((340, 480))  # another shape of face
    (another,) = embed(photo(narrow, tmp_path / "narrow.png"))
    assert distance(plain, another) > distance(plain, other)


@pytest.mark.parametrize(("side", "number"), [(90, 0), (200, 1)])
def test_small_faces_have_no_numbers(embed, tmp_path, side, number):
    image = Image.new("RGB", (600, 600), (196, 206, 214))
    image.paste(face(side), (200, 200))
    assert len(embed(photo(image, tmp_path / "image.png"))) == number


def test_a_small_face_is_cut_from_the_file_of_the_photo(embed, tmp_path):
    """A photo is decoded at reduced size; a face on it needs more pixels than that."""
    wide = Image.new("RGB", (3600, 2400), (196, 206, 214))
    wide.paste(face(500), (1500, 900))
    path = tmp_path / "wide.jpg"
    wide.save(path, quality=95)
    image = decode(path, INPUT_RULE).image
    assert max(image.size) < 2000
    (small,) = embed(DecodedPhoto(path, image, StoredModels()))
    (large,) = embed(photo(face(), tmp_path / "large.png"))
    assert distance(small, large) < 0.15


@pytest.mark.parametrize(
    ("file", "message"),
    [("detector.tflite", r"expected \{'face'"), ("missing", "(?i)open")],
)
def test_a_network_that_does_not_fit(installed, tmp_path, file, message):
    folder = installed("identity")
    card = load_analyzer(folder, "identity", verify=True)
    (tmp_path / card.model).write_bytes((folder / card.model).read_bytes())
    if file != "missing":
        (tmp_path / EMBEDDER).write_bytes((folder / file).read_bytes())
    write_analyzer(card, tmp_path)
    with pytest.raises((CardError, ValueError), match=message):
        FaceEmbedder(tmp_path)
