from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from photo_interests.analysis.rows import Box, Content, PhotoRow, TextLine, TextRow
from photo_interests.bundle.card import CardError, load_card
from photo_interests.bundle.location import find_bundle
from photo_interests.search.search import PhotoSearch
from photo_interests.search.search_labels import search_labels
from photo_interests.search.word_vectors import WordVectors, read_words, write_words

VECTORS = WordVectors(
    ("dogs", "puppy", "cats", "the", "sea"),
    np.array([[100, 5], [99, 10], [-60, 80], [1, 1], [0, -100]], np.int8),
    np.array([200, 200, 200, 1, 200], np.uint8),
)


@pytest.fixture(scope="module")
def labels():
    return search_labels(load_card(find_bundle("everyday")), {})


@pytest.fixture(scope="module")
def search(labels):
    return PhotoSearch(labels, VECTORS, 0.35)


def shows(name, **interests):
    return PhotoRow(Path(name), content=Content({}, interests))


ROWS = [
    shows("dog.jpg", dogs=0.9, cats=0.05),
    shows("cat.jpg", dogs=0.1, cats=0.8),
    shows("sea.jpg", beaches=0.7),
    PhotoRow(
        Path("menu.jpg"),
        text=TextRow(False, (TextLine("Pizza Napoli", 0.9, Box(0, 0, 1, 1)),)),
    ),
]


def names(search, query, rows=ROWS):
    return [rows[one.index].path.stem for one in search.find(query, rows, {}, 9)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("dogs", ["dog", "cat"]),
        ("Dog", ["dog", "cat"]),
        ("Hunde", ["dog", "cat"]),
        ("ein Hund", ["dog", "cat"]),
        ("the sea", ["sea"]),
        ("Strand", ["sea"]),
        ("Wälder", []),
        ("pizza", ["menu"]),
    ],
)
def test_names_in_two_languages(search, query, expected):
    assert names(search, query) == expected


@pytest.mark.parametrize("vectors", [VECTORS, None])
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("dog on the beach", ["both"]),
        ("Hund am Strand", ["both"]),
        ("beach dogs", ["both"]),
        ("dog and cat", ["cat", "dog"]),
        ("my brown dog", ["dog", "both", "cat"]),
        ("pizza and cats", ["menu with a cat"]),
    ],
)
def test_a_photo_shows_all_that_is_named(labels, vectors, query, expected):
    text = ROWS[3].text
    rows = [
        *ROWS,
        shows("both.jpg", dogs=0.6, beaches=0.5),
        replace(shows("menu with a cat.jpg", cats=0.7), text=text),
    ]
    search = PhotoSearch(labels, vectors, 0.35)
    assert names(search, query, rows) == expected


def test_words_that_name_nothing_change_only_the_order(labels):
    text = TextRow(False, (TextLine("Rex", 0.9, Box(0, 0, 1, 1)),))
    rows = [shows("dog.jpg", dogs=0.9), replace(shows("Rex.jpg", dogs=0.6), text=text)]
    search = PhotoSearch(labels, None, 1.0)
    assert names(search, "dog", rows) == ["dog", "Rex"]
    assert names(search, "Rex the dog", rows) == ["Rex", "dog"]


def test_a_video_is_found_once_by_its_best_frame(search):
    frames = [
        replace(shows("a.mp4", dogs=likely), second=float(second))
        for second, likely in enumerate((0.2, 0.95, 0.3))
    ]
    found = search.find("dogs", [*ROWS, *frames], {}, 9)
    assert [one.index for one in found] == [len(ROWS) + 1, 0, 1]


def test_a_word_that_no_label_has_finds_what_is_near(search):
    assert names(search, "puppy")[0] == "dog"
    assert names(search, "puppies")[0] == "dog"
    assert "sea" not in names(search, "puppy")


def test_without_vectors_only_names_are_found(labels):
    assert names(PhotoSearch(labels, None, 1.0), "puppy") == []


def test_a_name_wins_over_a_part_of_one(labels):
    weights = PhotoSearch(labels, None, 1.0).weights("dog")
    found = {one.id for one, weight in zip(labels, weights, strict=True) if weight}
    assert "dogs" in found and "imagenet.bernese_mountain_dog" not in found


def test_sensitive_interests_are_found_by_name_alone(labels):
    vectors = WordVectors(
        ("religion", "faith"), np.array([[9, 1], [9, 1]], np.int8),
        np.array([255, 255], np.uint8),
    )  # fmt: skip
    search = PhotoSearch(labels, vectors, 0.35)
    index = [one.id for one in labels].index("religion")
    assert search.weights("religion")[index] == 1
    assert search.weights("faith")[index] == 0


@pytest.mark.parametrize("query", ["", "the", "?!"])
def test_a_query_without_words(search, query):
    with pytest.raises(ValueError, match="query: expected at least one word"):
        search.find(query, ROWS, {}, 9)


def test_reasons_and_order(search):
    best, second = search.find("dog", ROWS, {}, 9)
    assert best.reason.id == "dogs" and best.score > second.score
    assert search.find("pizza", ROWS, {}, 9)[0].reason == "text"
    assert len(search.find("dog", ROWS, {}, 1)) == 1


def test_words_as_a_file(tmp_path):
    write_words(VECTORS, tmp_path / "words.npz")
    read = read_words(tmp_path / "words.npz")
    assert read.words == VECTORS.words
    assert (read.vectors == VECTORS.vectors).all()
    assert read.of(["nothing"]) is None
    assert np.linalg.norm(read.of(["puppy", "sea"])) == pytest.approx(1)
    (tmp_path / "words.npz").write_bytes(b"x")
    with pytest.raises(CardError, match="cannot read the table of words"):
        read_words(tmp_path / "words.npz")


def test_a_frequent_word_says_little():
    assert VECTORS.of(["the", "sea"]) == pytest.approx(VECTORS.of(["sea"]), abs=0.01)
