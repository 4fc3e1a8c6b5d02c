"""Splits a query into what a photo has to show together."""

from collections.abc import Callable
from typing import NamedTuple

from photo_interests.search.search_labels import tokens


class QueryParts(NamedTuple):
    """Parts of a query.

    Attributes:
        needed: What a photo has to show, each a name or the whole query.
        other: Words that name nothing, which only change the order; "" for none.
    """

    needed: tuple[str, ...]
    other: str = ""

    @property
    def all(self) -> tuple[str, ...]:
        """All parts, the other words last."""
        return (*self.needed, self.other) if self.other else self.needed


def split_query(query: str, is_name: Callable[[str], bool]) -> QueryParts:
    """Split at names: "two dogs in deep snow" needs "dogs" and "snow".

    From the left, each name takes as many words as it has. A query that is a name
    itself, or has none in it, stays whole.

    Args:
        query: Words in English or German.
        is_name: Whether some words are a name of something that photos can show.

    Raises:
        ValueError: The query has no word.
    """
    words = tokens(query)
    if not words:
        raise ValueError(f"query: expected at least one word, received {query!r}")
    if is_name(query):
        return QueryParts((query,))
    names: list[str] = []
    other: list[str] = []
    while words:
        longest = next(
            (n for n in range(len(words), 0, -1) if is_name(" ".join(words[:n]))), 0
        )
        if longest:
            names.append(" ".join(words[:longest]))
        else:
            other.append(words[0])
        words = words[longest or 1 :]
    if not names:
        return QueryParts((query,))
    return QueryParts(tuple(names), " ".join(other))
