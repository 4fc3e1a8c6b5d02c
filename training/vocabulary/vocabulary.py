"""The large catalogue, and the category of each class of the teacher."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from training.arrays import Integers
from training.csv_rows import read_csv_rows
from training.photos.catalogue import Catalogue, Category, load_catalogue

HERE = Path(__file__).parent
TEACHER_CLASSES = "teacher_classes.csv"
TEACHER = "imagenet"
"""Source of the categories that are distilled from the teacher."""


@dataclass(frozen=True)
class Vocabulary:
    """Labelled categories first, then those that are distilled from the teacher.

    Attributes:
        catalogue: All D categories.
        category_of: Category id of each class of the teacher, in the teacher's order.
    """

    catalogue: Catalogue
    category_of: tuple[str, ...]

    def __post_init__(self) -> None:
        known = set(self.catalogue.index)
        unknown = sorted(set(self.category_of) - known)
        if unknown:
            raise ValueError(
                f"teacher classes: expected known category ids, received {unknown}"
            )
        sources = [c.source for c in self.catalogue.categories]
        distilled = set(sources[self.labelled :])
        if TEACHER in sources[: self.labelled] or distilled != {TEACHER}:
            raise ValueError(
                f"categories: expected those of {TEACHER} after all others, received "
                "another order"
            )
        without = {c.id for c in self.distilled} - set(self.category_of)
        if without:
            raise ValueError(
                f"categories of {TEACHER}: expected a class of the teacher for each, "
                f"received none for {sorted(without)}"
            )

    @cached_property
    def labelled(self) -> int:
        """Number of categories with labelled photos."""
        return sum(c.source != TEACHER for c in self.catalogue.categories)

    @property
    def distilled(self) -> tuple[Category, ...]:
        """The categories that are distilled from the teacher alone."""
        return self.catalogue.categories[self.labelled :]

    @cached_property
    def outputs(self) -> Integers:
        """Category index of each class of the teacher, int (classes,)."""
        return np.array([self.catalogue.index[one] for one in self.category_of])

    @cached_property
    def order(self) -> Integers:
        """The teacher's classes in the order that `VocabularyEvidence` wants.

        First one class for each distilled category, then further classes of the same
        categories, then those of labelled categories; int (classes,).
        """
        distilled = np.flatnonzero(self.outputs >= self.labelled)
        _, first = np.unique(self.outputs[distilled], return_index=True)
        second = np.setdiff1d(distilled, distilled[first])
        labelled = np.flatnonzero(self.outputs < self.labelled)
        return np.concatenate([distilled[first], second, labelled])

    @cached_property
    def merged(self) -> tuple[int, ...]:
        """Distilled category, from 0, of each class that shares one with another."""
        start = len(self.distilled)
        end = int((self.outputs >= self.labelled).sum())
        shared = self.outputs[self.order[start:end]] - self.labelled
        return tuple(int(one) for one in shared)


def load_vocabulary(directory: Path = HERE) -> Vocabulary:
    """Read the catalogue and `teacher_classes.csv`.

    Raises:
        ValueError: They do not fit together, or a class is missing or occurs twice.
    """
    path = directory / TEACHER_CLASSES
    rows = read_csv_rows(path)
    numbers = [int(row["number"]) for row in rows]
    if numbers != list(range(len(rows))):
        raise ValueError(
            f"{path}: expected classes 0 to {len(rows) - 1} in order, received "
            f"{numbers[:5]}..."
        )
    ids = tuple(row["category"] for row in rows)
    return Vocabulary(load_catalogue(directory), ids)
