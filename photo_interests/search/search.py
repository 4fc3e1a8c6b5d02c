"""Ranks photos by how well they fit the words of a query."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photo_interests.analysis.card import AnalyzerCard
from photo_interests.analysis.rows import PhotoRow
from photo_interests.search.query import QueryParts, split_query
from photo_interests.search.search_labels import (
    SearchLabel,
    shown_labels,
    stems,
    tokens,
)
from photo_interests.search.word_vectors import WordVectors

Floats = NDArray[np.float32]
LANGUAGES = ("en", "de")
OTHER_ENDING = 0.8
"""Weight of a label whose name differs from the query in endings alone."""
PART_OF_NAME = 0.5
"""Weight of a label of whose name a query is a part: "bed" of "Four-poster beds"."""
SHARPNESS = 4
"""Power of a similarity: labels that are only somewhat near add up otherwise."""
WRITTEN = 1.0
"""What a photo scores whose text or place has all words of a query."""


@dataclass(frozen=True)
class Found:
    """A photo that fits a query.

    Attributes:
        index: Index of its row.
        score: How well it fits; only the order means something.
        reason: The label that contributed most, or `text` or `place`.
    """

    index: int
    score: float
    reason: SearchLabel | str


class PhotoSearch:
    """Finds photos by words: by names, then by meaning, by text and by place."""

    def __init__(
        self, labels: Sequence[SearchLabel], vectors: WordVectors | None, nearest: float
    ) -> None:
        """Prepare the labels.

        Args:
            labels: What photos can show.
            vectors: Vectors of English words; None to search by names alone.
            nearest: Least similarity of a word and a label of another name.
        """
        self.labels = tuple(labels)
        self._vectors, self._nearest = vectors, nearest
        self._index = {(one.source, one.id): at for at, one in enumerate(labels)}
        self._of_labels = None if vectors is None else self._label_vectors(vectors)

    def scores(self, values: Floats, query: str) -> Floats:
        """Return how well photos fit by what they show, `(photos,)`.

        Where a query names several things, a photo has to show all of them.

        Args:
            values: Probability of each label on each photo, `(photos, labels)`.
            query: Words.

        Raises:
            ValueError: The query has no word.
        """
        parts = self._split(query)
        return _joined(values @ self._part_weights(parts).T, parts)

    def weights(self, query: str) -> Floats:
        """Return how much each label counts for a part of a query, `(labels,)`.

        Args:
            query: Words in English or German; the meaning of other than the names of
                labels is known of English ones alone.

        Raises:
            ValueError: The query has no word.
        """
        words = tokens(query)
        if not words:
            raise ValueError(f"query: expected at least one word, received {query!r}")
        named = self._by_name(query)
        if named.max(initial=0) >= OTHER_ENDING:
            return np.where(named >= OTHER_ENDING, named, 0).astype(np.float32)
        if self._vectors is None or self._of_labels is None:
            return named
        vector = self._vectors.of(words)
        if vector is None:
            return named
        near = self._of_labels @ vector
        near = np.where(near >= self._nearest, near, 0) ** SHARPNESS
        return np.maximum(named, near)

    def matrix(
        self, rows: Iterable[PhotoRow], cards: Mapping[str, AnalyzerCard]
    ) -> Floats:
        """Return the probability of each label on each photo, `(photos, labels)`.

        Args:
            rows: Rows of photos.
            cards: Cards of the analyzers that ran, by name.
        """
        listed = list(rows)
        matrix = np.zeros((len(listed), len(self.labels)), np.float32)
        for at, row in enumerate(listed):
            for source, name, probability in shown_labels(row, cards):
                matrix[at, self._index[source, name]] = probability
        return matrix

    def find(
        self,
        query: str,
        rows: Sequence[PhotoRow],
        cards: Mapping[str, AnalyzerCard],
        top: int,
    ) -> list[Found]:
        """Rank photos, best first; photos that do not fit at all are not listed.

        Where a query names several things, a photo has to show all of them. A video
        is listed once, by its frame that fits best.

        Args:
            query: Words.
            rows: Rows of photos.
            cards: Cards of the analyzers that ran, by name.
            top: Maximum number of photos.

        Raises:
            ValueError: The query has no word.
        """
        parts = self._split(query)
        weights, values = self._part_weights(parts), self.matrix(rows, cards)
        scores = values @ weights.T
        strongest = (values * weights.sum(axis=0)).argmax(axis=1)
        reasons: list[SearchLabel | str] = [self.labels[label] for label in strongest]
        wanted = [stems(part, "en") for part in parts.all]
        for index, row in enumerate(rows):
            written = [(name, stems(text, "en")) for name, text in _written(row)]
            for number, part in enumerate(wanted):
                for name, words in written:
                    if part <= words:
                        scores[index, number] += WRITTEN
                        reasons[index] = name
        found = [
            Found(index, float(score), reasons[index])
            for index, score in enumerate(_joined(scores, parts))
            if score > 0
        ]
        best: dict[Path | int, Found] = {}
        for one in sorted(found, key=lambda one: (-one.score, one.index)):
            is_frame = rows[one.index].second is not None
            best.setdefault(rows[one.index].path if is_frame else one.index, one)
        return list(best.values())[:top]

    def _split(self, query: str) -> QueryParts:
        return split_query(query, self._is_name)

    def _is_name(self, words: str) -> bool:
        return bool(self._by_name(words).max(initial=0) >= OTHER_ENDING)

    def _part_weights(self, parts: QueryParts) -> Floats:
        """Weights of each part, `(parts, labels)`."""
        return np.stack([self.weights(part) for part in parts.all])

    def _by_name(self, query: str) -> Floats:
        """1 for labels of this name, less where it is nearly one, or part of one."""
        wanted = frozenset(tokens(query))
        cut = [stems(query, language) for language in LANGUAGES]

        def weight(label: SearchLabel) -> float:
            if wanted in label.words:
                return 1.0
            if any(one in label.stems for one in cut):
                return OTHER_ENDING
            is_part = any(one <= name for one in cut for name in label.stems)
            return PART_OF_NAME if is_part else 0.0

        return np.array([weight(one) for one in self.labels], np.float32)

    def _label_vectors(self, vectors: WordVectors) -> Floats:
        """Vectors of the English names; those of sensitive labels fit no word."""
        rows = [
            None if one.sensitive else vectors.of(tokens(one.names["en"]))
            for one in self.labels
        ]
        nothing = np.zeros(vectors.vectors.shape[1], np.float32)
        return np.stack([nothing if row is None else row for row in rows])


def _joined(scores: Floats, parts: QueryParts) -> Floats:
    """Join the scores of parts, `(photos, parts)`: all needed ones have to fit."""
    needed = scores[:, : len(parts.needed)]
    if len(parts.needed) == 1 and not parts.other:
        return needed[:, 0]
    fits = np.minimum(needed, 1).prod(axis=1)
    if not parts.other:
        return fits
    return fits * (1 + np.minimum(scores[:, -1], 1))


def _written(row: PhotoRow) -> list[tuple[str, str]]:
    """Text and place of a photo, each with what it is called."""
    written = [] if row.text is None else [("text", row.text.text)]
    if row.place is not None:
        names = (*row.place.names.values(), *row.place.country_names.values())
        written.append(("place", " ".join(names)))
    return written
