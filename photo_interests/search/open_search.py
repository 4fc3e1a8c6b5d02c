"""Opens the search over what analyzers found."""

from collections.abc import Mapping
from pathlib import Path

from photo_interests.analysis.card import AnalyzerCard, load_analyzer
from photo_interests.analysis.location import find_analyzer
from photo_interests.bundle.card import Card
from photo_interests.search.search import PhotoSearch
from photo_interests.search.search_labels import search_labels
from photo_interests.search.word_vectors import read_words

WORDS = "words"


def open_search(
    bundle: Card, cards: Mapping[str, AnalyzerCard], folder: Path | None = None
) -> PhotoSearch:
    """Open the search; by names alone where the vectors of words are not installed.

    Args:
        bundle: Card of the bundle.
        cards: Cards of the analyzers that ran, by name.
        folder: Folder of analyzers; the user's cache if None.

    Raises:
        CardError: The card of the vectors is invalid, or a file differs from it.
    """
    labels = search_labels(bundle, cards)
    found = find_analyzer(WORDS, folder)
    if found is None:
        return PhotoSearch(labels, None, 1.0)
    card = load_analyzer(found, WORDS, verify=True)
    vectors = read_words(found / card.model)
    return PhotoSearch(labels, vectors, card.thresholds["similarity"])
