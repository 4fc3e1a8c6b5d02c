"""Interests that the text of photos names: evidence of its own, mixed with no other.

A word counts if it is the name of an interest that is shown to everybody, or one of
`interest_words.csv`: brands, dishes, sports, places, in English and German.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from photo_interests.analysis.rows import PhotoRow
from photo_interests.bundle.card import Card, CardFormat2

WORDS = Path(__file__).with_name("interest_words.csv")
TOKEN = re.compile(r"[^\W\d_]+(?:['’&][^\W\d_]+)*|\d+")
MINIMUM_SCORE = 0.8
"""Of a line: below it a word may be misread."""


@dataclass(frozen=True)
class TextInterest:
    """An interest that text names.

    Attributes:
        interest: Id of the interest.
        words: The words that named it, each once, in alphabetic order.
        photos: Photos on which they stand, in the order of the rows.
    """

    interest: str
    words: tuple[str, ...]
    photos: tuple[Path, ...]


class InterestWords:
    """The words that name interests."""

    def __init__(self, bundle: Card) -> None:
        """Collect the words of the interests that a bundle shows to everybody.

        Args:
            bundle: Card of the bundle; one of format 1 has no such interests.
        """
        self._phrases: dict[tuple[str, ...], str] = {}
        if not isinstance(bundle, CardFormat2):
            return
        shown = {one.id: one for one in bundle.interests if one.shown == "always"}
        for interest in shown.values():
            for name in interest.names.values():
                self._phrases[_tokens(name)] = interest.id
        with WORDS.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                if row["interest"] in shown:
                    self._phrases[_tokens(row["word"])] = row["interest"]
        self._longest = max(map(len, self._phrases))

    def __call__(self, text: str) -> dict[str, set[str]]:
        """Return the words of a text that name each interest, by its id."""
        found: dict[str, set[str]] = defaultdict(set)
        if not self._phrases:
            return found
        tokens = _tokens(text)
        for start in range(len(tokens)):
            for end in range(start + 1, min(len(tokens), start + self._longest) + 1):
                interest = self._phrases.get(tokens[start:end])
                if interest is not None:
                    found[interest].add(" ".join(tokens[start:end]))
        return found


def find_text_interests(
    rows: Iterable[PhotoRow], words: InterestWords
) -> list[TextInterest]:
    """Find the interests that texts name, those on most photos first.

    Args:
        rows: Rows of photos.
        words: Words that name interests.
    """
    named: Mapping[str, set[str]] = defaultdict(set)
    photos: Mapping[str, dict[Path, None]] = defaultdict(dict)  # a video once
    for row in rows:
        lines = () if row.text is None else row.text.lines
        text = "\n".join(line.text for line in lines if line.score >= MINIMUM_SCORE)
        for interest, found in words(text).items():
            named[interest].update(found)
            photos[interest][row.path] = None
    order = sorted(named, key=lambda interest: (-len(photos[interest]), interest))
    return [
        TextInterest(one, tuple(sorted(named[one])), tuple(photos[one]))
        for one in order
    ]


def _tokens(text: str) -> tuple[str, ...]:
    return tuple(TOKEN.findall(text.casefold()))
