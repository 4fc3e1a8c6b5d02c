"""The large catalogue, and which of its categories each class of the teacher is."""

import csv
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from training.photos.catalogue import Catalogue, load_catalogue

HERE = Path(__file__).parent
TAUGHT = "taught.csv"
TEACHER = "imagenet"


@dataclass(frozen=True)
class Vocabulary:
    """Labelled categories first, then those that only the teacher knows.

    Attributes:
        catalogue: All D categories.
        category_of: For each class of the teacher, in its order, a category's id.
    """

    catalogue: Catalogue
    category_of: tuple[str, ...]

    def __post_init__(self) -> None:
        known = set(self.catalogue.index)
        unknown = sorted(set(self.category_of) - known)
        if unknown:
            raise ValueError(f"taught classes: expected known ids, received {unknown}")
        sources = [c.source for c in self.catalogue.categories]
        if TEACHER in sources[: self.labelled] or set(sources[self.labelled :]) != {
            TEACHER
        }:
            raise ValueError(
                f"categories: expected those of {TEACHER} after all others, received "
                "another order"
            )
        untaught = {c.id for c in self.further} - set(self.category_of)
        if untaught:
            raise ValueError(
                f"categories of {TEACHER}: expected a class of the teacher for each, "
                f"received none for {sorted(untaught)}"
            )

    @cached_property
    def labelled(self) -> int:
        """How many categories have labelled photos."""
        return sum(c.source != TEACHER for c in self.catalogue.categories)

    @property
    def further(self) -> tuple:
        """The categories that only the teacher knows."""
        return self.catalogue.categories[self.labelled :]

    @cached_property
    def outputs(self) -> np.ndarray:
        """Index of each teacher class's category, int `(classes,)`."""
        return np.array([self.catalogue.index[one] for one in self.category_of])

    @cached_property
    def order(self) -> np.ndarray:
        """The teacher's classes as `VocabularyEvidence` wants its student's.

        First one for each further category, then others of the same categories, then
        those of labelled categories.
        """
        further = np.flatnonzero(self.outputs >= self.labelled)
        _, first = np.unique(self.outputs[further], return_index=True)
        second = np.setdiff1d(further, further[first])
        united = np.flatnonzero(self.outputs < self.labelled)
        return np.concatenate([further[first], second, united])

    @cached_property
    def joined(self) -> tuple[int, ...]:
        """Further category, from 0, of each class that shares one with another."""
        start = len(self.further)
        end = start + int((self.outputs >= self.labelled).sum()) - start
        shared = self.outputs[self.order[start:end]] - self.labelled
        return tuple(int(one) for one in shared)


def load_vocabulary(directory: Path = HERE) -> Vocabulary:
    """Read the catalogue and `taught.csv`.

    Raises:
        ValueError: They do not fit together, or a class is missing or stands twice.
    """
    path = directory / TAUGHT
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    numbers = [int(row["number"]) for row in rows]
    if numbers != list(range(len(rows))):
        raise ValueError(f"{path}: expected classes 0 to {len(rows) - 1} in order")
    ids = tuple(row["category"] for row in rows)
    return Vocabulary(load_catalogue(directory), ids)
