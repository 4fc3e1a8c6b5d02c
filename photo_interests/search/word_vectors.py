"""Vectors of English words: how near two words are in meaning."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from photo_interests.bundle.card import CardError
from photo_interests.files import write_atomically

TABLE = "words.npz"
Floats = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class WordVectors:
    """A vector for each of some words.

    Attributes:
        words: Lower-case words.
        vectors: int8 `(words, width)`; their lengths mean nothing.
        weights: uint8 `(words,)`; how much a word says, frequent ones least.
    """

    words: tuple[str, ...]
    vectors: NDArray[np.int8]
    weights: NDArray[np.uint8]

    @cached_property
    def _index(self) -> dict[str, int]:
        return {word: index for index, word in enumerate(self.words)}

    def of(self, words: Iterable[str]) -> Floats | None:
        """Return the vector of words together, of length 1; None if none is known.

        Args:
            words: Lower-case words; a plural counts as its singular where only that
                is known.
        """
        rows = [row for word in words if (row := self._find(word)) is not None]
        if not rows:
            return None
        vectors = self.vectors[rows].astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        together = (vectors * self.weights[rows, None].astype(np.float32)).sum(axis=0)
        length = float(np.linalg.norm(together))
        return together / np.float32(length) if length > 0 else None

    def _find(self, word: str) -> int | None:
        for ending, replacement in (("", ""), ("ies", "y"), ("es", ""), ("s", "")):
            if word.endswith(ending):
                stem = word[: len(word) - len(ending)] + replacement
                if stem in self._index:
                    return self._index[stem]
        return None


def write_words(table: WordVectors, path: Path) -> None:
    """Write a table of words, whole or not at all.

    Args:
        table: Words and vectors.
        path: File to write.
    """
    content = BytesIO()
    np.savez_compressed(
        content,
        words=np.frombuffer("\n".join(table.words).encode(), np.uint8),
        vectors=table.vectors,
        weights=table.weights,
    )
    write_atomically(path, content.getvalue())


def read_words(path: Path) -> WordVectors:
    """Read a table of words.

    Raises:
        CardError: The file is none, or its parts do not fit.
    """
    try:
        with np.load(path, allow_pickle=False) as archive:
            words = tuple(archive["words"].tobytes().decode().split("\n"))
            table = WordVectors(words, archive["vectors"], archive["weights"])
    except (OSError, ValueError, KeyError) as error:
        raise CardError(f"cannot read the table of words {path}: {error}") from error
    counts = {len(words), len(table.vectors), len(table.weights)}
    if len(counts) != 1:
        raise CardError(f"{path}: expected one number of words, received {counts}")
    return table
