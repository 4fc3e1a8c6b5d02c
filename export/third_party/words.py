"""The vectors of English words, for search by words that no label has.

Each word is run through a sentence model by itself, and the vectors are reduced to 64
numbers of a byte: the way of Model2Vec (Tulkens and van Dongen, 2024).
"""

import re
from pathlib import Path

import numpy as np

from export.third_party.detector import sources_of
from export.third_party.lock import LockedFile
from export.third_party.minilm import MiniLM, open_package
from export.third_party.objects import LABELS
from photo_interests.analysis.card import AnalyzerCard, WordInput, write_analyzer
from photo_interests.bundle import DEFAULT_BUNDLE
from photo_interests.bundle.card import CardFormat2, load_card, record_file
from photo_interests.bundle.interest_sections import Kind
from photo_interests.bundle.location import find_bundle
from photo_interests.search.word_vectors import TABLE, WordVectors, write_words
from training.csv_rows import read_csv_rows
from training.scenes.head_file import SCENES

VERSION = "1.0.0"
MODEL_MEMBER = "all_minilm_l6_v2/model.zip"
WORDS = 20_000
WIDTH = 64
WORD = re.compile(r"[a-z][a-z]+")
RARE = 1e-3
"""Share of a text above which a word says little: SIF's a (Arora and others, 2017)."""


def build(files: dict[str, Path], locked: tuple[LockedFile, ...], out: Path) -> None:
    """Write the table of words into a folder.

    Args:
        files: Paths of the locked files by name.
        locked: What the lock says of them.
        out: Folder to fill.
    """
    (wheel,) = files.values()
    with open_package(wheel, MODEL_MEMBER) as archive:
        model = MiniLM(archive)
    words = _words(model.vocabulary)
    write_words(_reduced(words, model.embed(words)), out / TABLE)
    card = AnalyzerCard(
        name="words",
        version=VERSION,
        license=locked[0].license,
        input=WordInput(),
        model=TABLE,
        labels=(),
        groups=(),
        thresholds={"similarity": 0.35},
        training_data="A billion pairs of sentences of the web, in English.",
        sources=sources_of(locked),
        files={TABLE: record_file(out / TABLE)},
    )
    write_analyzer(card, out)


def _words(vocabulary: dict[str, int]) -> list[str]:
    """The most frequent words first, then those of labels that are not among them."""
    whole = sorted(filter(WORD.fullmatch, vocabulary), key=vocabulary.__getitem__)
    names = [kind.names["en"] for kind in _kinds()]
    names += [row["en"] for path in (LABELS, SCENES) for row in read_csv_rows(path)]
    of_labels = {word for name in names for word in WORD.findall(name.lower())}
    return [*whole[:WORDS], *sorted(of_labels - set(whole[:WORDS]))]


def _kinds() -> tuple[Kind, ...]:
    card = load_card(find_bundle(DEFAULT_BUNDLE))
    assert isinstance(card, CardFormat2)
    return card.kinds


def _reduced(words: list[str], vectors: np.ndarray) -> WordVectors:
    """Principal components; frequent words are shorter, as Zipf's law has them."""
    middle = vectors - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(middle.T @ middle)
    reduced = middle @ axes[:, ::-1][:, :WIDTH]
    reduced /= np.linalg.norm(reduced, axis=1, keepdims=True)
    ranks = np.arange(len(words))
    share = 1 / (ranks + 2.7) / np.sum(1 / (ranks + 2.7))
    weights = RARE / (RARE + share)
    scale = 127 / np.abs(reduced).max()
    return WordVectors(
        tuple(words),
        np.round(reduced * scale).astype(np.int8),
        np.round(weights * 255).clip(1, 255).astype(np.uint8),
    )
