"""What a search can find: everything that analyzers and a bundle have names for."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from photo_interests.analysis.card import AnalyzerCard
from photo_interests.analysis.rows import PhotoRow
from photo_interests.bundle.card import Card, CardFormat2

Source = Literal["interest", "kind", "scene", "objects", "birds", "insects"]
TOKEN = re.compile(r"[^\W\d_]+|\d+")
FILLERS = frozenset(
    ("a an and at by for in my of on the to with "
     "am auf bei das dem den der die ein eine im in mit und von zu").split()
)  # fmt: skip
AND = re.compile(r",| and | und ")
GERMAN_ENDINGS = ("en", "er", "es", "e", "n", "s")
MINIMUM_STEM = 3
Words = frozenset[str]


@dataclass(frozen=True)
class SearchLabel:
    """Something with a name that photos can show.

    Attributes:
        source: What says so.
        id: Its id there.
        names: Its name by language.
        sensitive: Whether it is found only by its name.
    """

    source: Source
    id: str
    names: Mapping[str, str]
    sensitive: bool = False

    @cached_property
    def words(self) -> frozenset[Words]:
        """The words of each of its names, also of the parts of "Fog and rain"."""
        return frozenset(
            words
            for name in self.names.values()
            for part in (name, *AND.split(name))
            if (words := frozenset(tokens(part)))
        )

    @cached_property
    def stems(self) -> frozenset[Words]:
        """The same without the endings of plurals and cases."""
        return frozenset(
            words
            for language, name in self.names.items()
            for part in (name, *AND.split(name))
            if (words := stems(part, language))
        )


def search_labels(
    bundle: Card, cards: Mapping[str, AnalyzerCard]
) -> tuple[SearchLabel, ...]:
    """Collect what can be found.

    Args:
        bundle: Card of the bundle.
        cards: Cards of the analyzers that ran, by name.
    """
    found: list[SearchLabel] = []
    if isinstance(bundle, CardFormat2):
        found += [
            SearchLabel("interest", one.id, one.names, one.shown == "on_request")
            for one in bundle.interests
        ]
        found += [SearchLabel("kind", one.id, one.names) for one in bundle.kinds]
    sources: tuple[Source, ...] = ("scene", "objects", "birds", "insects")
    for source in sources:
        if source in cards:
            labels = cards[source].labels
            found += [SearchLabel(source, one.id, one.names) for one in labels]
    return tuple(found)


def shown_labels(
    row: PhotoRow, cards: Mapping[str, AnalyzerCard]
) -> Iterator[tuple[Source, str, float]]:
    """Yield source, id and probability of what a photo shows.

    Args:
        row: Row of the photo.
        cards: Cards of the analyzers that ran, by name.
    """
    if row.content is not None:
        for name, probability in row.content.interests.items():
            yield "interest", name, probability
        for name, probability in row.content.kinds.items():
            yield "kind", name, probability
    if row.scene is not None:
        labels = cards["scene"].labels
        for index, share in zip(row.scene.labels, row.scene.probabilities, strict=True):
            yield "scene", labels[index].id, share
    best: dict[int, float] = {}
    for found in row.objects or ():
        best[found.label] = max(best.get(found.label, 0.0), found.score)
    for index, score in best.items():
        yield "objects", cards["objects"].labels[index].id, score
    for bird in row.birds or ():
        yield "birds", cards["birds"].labels[bird.label].id, bird.score
    for insect in row.insects or ():
        yield "insects", cards["insects"].labels[insect.label].id, insect.score


def tokens(text: str) -> list[str]:
    """Return the words of a text in lower case, without those that say nothing."""
    return [one for one in TOKEN.findall(text.casefold()) if one not in FILLERS]


def stems(text: str, language: str) -> Words:
    """Return the words of a text without the endings of plurals and cases.

    Args:
        text: Any text.
        language: `en` or `de`.
    """
    cut = _german_stem if language == "de" else _english_stem
    return frozenset(map(cut, tokens(text)))


def _english_stem(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return (
        _without(word, ("ches", "shes", "sses", "xes"), 2)
        or _without(word, ("s",), 1)
        or word
    )


def _german_stem(word: str) -> str:
    """One stem for "Hund" and "Hunde", and for "Wald" and "Wälder"."""
    plain = word.translate(str.maketrans("äöü", "aou"))
    for ending in GERMAN_ENDINGS:
        if cut := _without(plain, (ending,), len(ending)):
            return cut
    return plain


def _without(word: str, endings: tuple[str, ...], letters: int) -> str | None:
    fits = word.endswith(endings) and len(word) - letters >= MINIMUM_STEM
    return word[:-letters] if fits else None
