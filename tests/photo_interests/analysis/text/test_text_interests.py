from pathlib import Path

import pytest

from photo_interests.analysis.rows import Box, PhotoRow, TextLine, TextRow
from photo_interests.analysis.text.text_interests import (
    InterestWords,
    find_text_interests,
)
from photo_interests.bundle.card import load_card
from photo_interests.bundle.location import find_bundle

BOX = Box(0, 0, 1, 1)


@pytest.fixture(scope="module")
def words():
    return InterestWords(load_card(find_bundle("everyday")))


def row(name, *lines, score=0.95):
    found = tuple(TextLine(line, score, BOX) for line in lines)
    return PhotoRow(Path(name), text=TextRow(False, found))


def test_words_names_and_phrases_in_two_languages(words):
    assert words("PIZZERIA Roma, Premier League") == {
        "meals": {"pizzeria"}, "football": {"premier league"}
    }  # fmt: skip
    assert words("Speisekarte: Kaffee") == {
        "meals": {"speisekarte"}, "coffee": {"kaffee"}
    }  # fmt: skip
    assert set(words("Table tennis")) == {"table_tennis", "tennis"}


def test_a_part_of_a_word_is_no_word(words):
    assert words("Barbeque toolbox golfing") == {}


def test_sensitive_interests_are_not_named(words):
    assert words("Religion, health and medicine, pharmacy") == {}


def test_interests_by_number_of_photos(words):
    rows = [
        row("a.jpg", "Pizza"), row("b.jpg", "Sushi", "Coffee"),
        row("c.jpg", "Tennis", score=0.5), PhotoRow(Path("d.jpg")),
    ]  # fmt: skip
    found = find_text_interests(rows, words)
    assert [one.interest for one in found] == ["meals", "coffee"]
    assert found[0].words == ("pizza", "sushi")
    assert found[0].photos == (Path("a.jpg"), Path("b.jpg"))


def test_a_bundle_without_such_interests_names_none():
    words = InterestWords(load_card(find_bundle("everyday-1105")))
    assert words("pizza") == {}
