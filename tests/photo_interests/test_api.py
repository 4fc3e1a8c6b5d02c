"""The public functions of the package, as a script uses them."""

import doctest
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import photo_interests
from photo_interests import api
from photo_interests.analysis.card import AnalyzerCard, write_analyzer
from photo_interests.bundle.card import record_file
from photo_interests.search.word_vectors import WordVectors, write_words
from tests.photo_interests.analysis.drawn_scenes import clock, face
from tests.photo_interests.drawn import busy, encoded, four_corners


@pytest.fixture
def home(tmp_path, monkeypatch):
    """A working directory with photos and a shop, as the examples name them."""
    for name in ("Pictures/beach.jpg", "Pictures/garden.jpg", "shop/teapot.jpg"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(encoded(busy(300, 240, seed=len(name)), "JPEG"))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path


def test_the_examples_in_the_docstrings_run(home):
    failed, tried = doctest.testmod(api, verbose=False)
    assert (failed, tried > 5) == (0, True)


def test_public_names_are_found_and_no_others():
    for name in photo_interests.__all__:
        assert getattr(photo_interests, name).__name__ == name
        assert getattr(photo_interests, name).__doc__
    assert dir(photo_interests) == photo_interests.__all__
    with pytest.raises(AttributeError, match="no attribute 'predictions'"):
        _ = photo_interests.predictions


def test_import_loads_no_other_library():
    code = (
        "import sys; before = set(sys.modules); import photo_interests\n"
        "new = {name.split('.')[0] for name in set(sys.modules) - before}\n"
        "print(sorted(new - set(sys.stdlib_module_names)))"
    )
    root = Path(photo_interests.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True
    )
    assert done.stdout == "['photo_interests']\n", done.stderr


def test_photos_to_interests(home, tiny_bundle):
    bundle = photo_interests.load_bundle(tiny_bundle)
    (home / "Pictures" / "broken.png").write_bytes(b"nothing")
    prediction = bundle.predict(["Pictures", Path("Pictures/beach.jpg")], processes=1)
    assert [path.name for path in prediction.photos] == ["beach.jpg", "garden.jpg"]
    assert [error.path.name for error in prediction.skipped] == ["broken.png"]
    assert prediction.features.shape == (2, 1024)
    interests = prediction.interests(threshold=0, photos=1)
    assert [interest.name for interest in interests] in (
        ["Cats", "Dogs"],
        ["Dogs", "Cats"],
    )
    assert interests[0].probability >= interests[1].probability
    assert len(interests[0].photos) == 1 and interests[0].other_photos == 1
    assert prediction.interests(threshold=1) == []
    assert bundle.card.thresholds.interest == 0.5
    assert [each.id for each in prediction.interests()] == [
        each.id for each in prediction.interests(threshold=0.5)
    ]


def test_products_for_photos(home, tiny_bundle):
    (home / "shop" / "corners.png").write_bytes(encoded(four_corners(), "PNG"))
    bundle = photo_interests.load_bundle(tiny_bundle)
    prediction = bundle.predict("Pictures", processes=1)
    ranked = photo_interests.recommend(prediction, "shop", top=5)
    assert {each.item.title for each in ranked} == {"teapot", "corners"}
    assert ranked[0].match == 1 and ranked[0].photo in prediction.photos


def test_a_bundle_is_found_by_name_or_folder(home, tiny_bundle, monkeypatch):
    assert photo_interests.load_bundle().card.name == "everyday"
    assert photo_interests.load_bundle("everyday-178").card.name == "everyday-178"
    assert photo_interests.load_bundle(str(tiny_bundle)).folder == tiny_bundle
    monkeypatch.chdir(tiny_bundle.parent)
    assert photo_interests.load_bundle(tiny_bundle.name).card.name == "example"
    with pytest.raises(FileNotFoundError, match="no bundle 'absent': expected one at"):
        photo_interests.load_bundle("absent")
    with pytest.raises(FileNotFoundError, match="no bundle: no/where is not a folder"):
        photo_interests.load_bundle("no/where")


def test_nothing_to_read_is_an_error(home, tiny_bundle):
    bundle = photo_interests.load_bundle(tiny_bundle)
    (home / "empty").mkdir()
    with pytest.raises(photo_interests.NoPhotosError, match="no file in empty"):
        bundle.predict("empty")
    with pytest.raises(FileNotFoundError, match="no such file or folder: absent"):
        bundle.predict("absent")


def test_describe_and_search(tmp_path):
    (tmp_path / "photos").mkdir()
    face().save(tmp_path / "photos" / "face.png")
    clock().save(tmp_path / "photos" / "clock.png")
    seen = []
    found = photo_interests.load_bundle().describe(
        tmp_path / "photos", analyzers=["scene"], processes=1, on_photo=seen.append
    )
    assert [row.path.name for row in found.rows] == ["clock.png", "face.png"]
    assert seen == [None, None] and set(found.cards) == {"scene"}
    assert found.rows[0].scene is not None and found.rows[0].objects is None
    assert found.sentence(found.rows[0], "de").startswith(("Ein Foto", "In ", "An "))
    best = found.search("clock", top=1)
    assert found.rows[best[0].index].path.name == "clock.png"
    with pytest.raises(ValueError, match="expected some of place"):
        photo_interests.load_bundle().describe(tmp_path / "photos", analyzers=["x"])


def _write_words(folder):
    """Vectors by which "timepiece", which is no label's name, is near to clocks."""
    folder.mkdir(parents=True)
    vectors = np.array([[100, 3], [99, 5], [0, 100]], np.int8)
    words = WordVectors(
        ("timepiece", "clocks", "the"), vectors, np.array([200, 200, 1], np.uint8)
    )
    write_words(words, folder / "words.npz")
    card = AnalyzerCard.model_validate(
        {
            "name": "words", "version": "1.0.0", "license": "CC0",
            "input": {"kind": "words"}, "model": "words.npz",
            "labels": (), "groups": (), "thresholds": {"similarity": 0.35},
            "training_data": "none", "sources": (),
            "files": {"words.npz": record_file(folder / "words.npz")},
        }
    )  # fmt: skip
    write_analyzer(card, folder)


def test_search_takes_words_from_the_folder_of_analyzers(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    clock().save(tmp_path / "clock.png")
    _write_words(tmp_path / "models" / "words")

    def found(models):
        described = photo_interests.load_bundle().describe(
            tmp_path / "clock.png", analyzers=["scene"], models=models, processes=1
        )
        return [one.index for one in described.search("timepiece")]

    assert found(None) == []
    assert found(tmp_path / "models") == [0]
