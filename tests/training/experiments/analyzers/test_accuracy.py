import numpy as np
import pytest

from training.experiments.analyzers import accuracy, descriptions, text
from training.experiments.analyzers.detections import EverydayPhoto
from training.experiments.analyzers.scenes import best_group
from training.metrics.interest_metrics import average_precision


def photo(source, labels, objects=(), faces=()):
    return EverydayPhoto(source, frozenset(labels), tuple(objects), tuple(faces))


PHOTOS = [
    photo("flickr8k", {"dog"}, [("dog", 0.9)]),
    photo("flickr8k", {"dog"}, [("dog", 0.3), ("cow", 0.8)]),
    photo("natural", {"dog"}),
    photo("flickr8k", {"people"}, [("dog", 0.6)], [(0.9, 0.1)]),
    photo("faces", {"portrait"}, [("person", 0.7)], [(0.8, 0.2)]),
    photo("intel", {"sea"}, [("person", 0.5)], [(0.9, 0.1), (0.95, 0.1)]),
    photo("intel", {"sea"}),
    photo("corel", {"bus", "elephant", "horse", "cat"}),
]


@pytest.fixture(scope="module")
def measured():
    return accuracy.measure(PHOTOS, object_score=0.4, face_score=0.7)


def test_things_found_and_false(measured):
    dog = measured["dog"]
    assert (dog["found"]["value"], dog["found"]["photos"]) == (
        pytest.approx(1 / 3),
        3,
    )
    assert dog["found"]["by_set"]["natural"] == {"value": 0.0, "photos": 1}
    assert dog["false"]["value"] == pytest.approx(1 / 5)


def test_people_are_faces_or_persons(measured):
    assert measured["person"]["found"]["value"] == pytest.approx(0.5)
    assert measured["people"]["found"]["value"] == 1
    assert measured["people"]["false"]["value"] == pytest.approx(0.5)


def test_false_faces_are_counted(measured):
    assert measured["faces"]["found"]["value"] == 1
    assert measured["faces"]["false"]["value"] == pytest.approx(2 / 2)


def test_intervals_hold_the_value(measured):
    for found in measured.values():
        for side in found.values():
            assert side["low"] <= side["value"] <= side["high"]
            sets = side["across_sets"]
            assert sets["low"] <= sets["value"] <= sets["high"]


def test_mentions_of_sentences():
    result = descriptions.measure(PHOTOS, {"objects": 0.4, "faces": 0.7})
    assert result["photos"] == 3
    dog = {"mentioned": 2, "tagged": 2, "right": 0.5, "found": 0.5}
    assert result["dog"] == dog
    assert result["person"] == {"mentioned": 1, "tagged": 1, "right": 1, "found": 1}


def test_best_group():
    probabilities = np.array([[0.4, 0.3, 0.3], [0.6, 0.2, 0.2]])
    names, sums = best_group(probabilities, np.array(["a", "b", "b"]))
    assert names.tolist() == ["b", "a"]
    assert sums == pytest.approx([0.6, 0.6])


def test_words_read_and_character_errors():
    assert text.words_read("a b b c", "b a x") == pytest.approx(0.5)
    assert text.character_error("kitten", "sitting") == pytest.approx(3 / 6)
    assert text.character_error("abc", "") == 1.0
    assert text.character_error("abc", "abc") == 0.0


def test_character_errors_of_insertions_and_gaps():
    assert text.character_error("abcd", "xxabcd") == pytest.approx(2 / 4)
    assert text.character_error("abcdef", "abef") == pytest.approx(2 / 6)


def test_average_precision():
    right = np.array([True, False, True])
    scores = np.array([0.9, 0.8, 0.1])
    assert average_precision(right[None], scores[None])[0] == pytest.approx(
        (1 + 2 / 3) / 2
    )
    assert average_precision(~right[None], np.zeros((1, 3)))[0] == pytest.approx(1 / 2)
