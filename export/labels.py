"""Files with the names of a model's outputs, one a line."""

from collections.abc import Sequence

from export.metadata_writer import LabelFile
from photo_interests.bundle.card import Card
from photo_interests.bundle.card_sections import Category
from photo_interests.bundle.interest_sections import Kind

LABELS_NAME = "labels.txt"
KIND_LABELS_NAME = "kinds.txt"


def label_files(card: Card) -> dict[str, bytes]:
    """Files with one label a line in the outputs' order: ids, then each language."""
    return interest_labels(card) | kind_labels(card)


def interest_labels(card: Card) -> dict[str, bytes]:
    """Label files of what a card predicts."""
    return _label_lists(LABELS_NAME, card.interests)


def kind_labels(card: Card) -> dict[str, bytes]:
    """Label files of a card's kinds; none for format 1."""
    return _label_lists(KIND_LABELS_NAME, card.kinds) if card.kinds else {}


def _label_lists(name: str, named: Sequence[Category | Kind]) -> dict[str, bytes]:
    languages = sorted(set.intersection(*[set(one.names) for one in named]))
    lists = {name: [one.id for one in named]}
    for language in languages:
        lists[name.replace(".txt", f"-{language}.txt")] = [
            one.names[language] for one in named
        ]
    return {name: ("\n".join(rows) + "\n").encode() for name, rows in lists.items()}


def described(files: dict[str, bytes]) -> tuple[LabelFile, ...]:
    """Describe label files as the metadata of a model does."""
    return tuple(LabelFile(name, _describe(name), _locale(name)) for name in files)


def _locale(name: str) -> str:
    stem = name.removesuffix(".txt")
    return stem.partition("-")[2]


def _describe(name: str) -> str:
    what = "kinds" if name.startswith("kinds") else "interests"
    return f"{'Names' if _locale(name) else 'Ids'} of the {what}."
