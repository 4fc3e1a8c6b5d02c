"""The catalogue of interest categories: stable ids, names for people, areas."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from photo_interests.files import write_atomically
from training.csv_rows import read_csv_rows

HERE = Path(__file__).parent
LANGUAGES = ("en", "de")
CATEGORIES = "catalogue.csv"
AREAS = "areas.csv"
BACKGROUND = "background_labels.csv"


@dataclass(frozen=True)
class Area:
    """A field of interests, such as music, with its name by language."""

    id: str
    names: dict[str, str]


@dataclass(frozen=True)
class Category:
    """One interest the models predict.

    Attributes:
        id: Stable id; never reused for another meaning.
        names: Name for people, by language.
        area: Id of its area.
        source: Photo set that its photos come from.
        label: Class name in that set.
    """

    id: str
    names: dict[str, str]
    area: str
    source: str
    label: str


@dataclass(frozen=True)
class Catalogue:
    """Categories in the order of the models' D outputs, and the background labels.

    Attributes:
        categories: The D categories.
        areas: Every area, in the order to show them.
        roles: Role of each background label, by (source, label): `seen` (the
            background class in training), `unseen` (out-of-distribution negatives,
            only in tests) or `dropped` (catch-alls, never used).
    """

    categories: tuple[Category, ...]
    areas: tuple[Area, ...]
    roles: dict[tuple[str, str], str]

    def __post_init__(self) -> None:
        _require_unique("category id", (c.id for c in self.categories))
        _require_unique("area id", (a.id for a in self.areas))
        areas = {area.id for area in self.areas}
        for category in self.categories:
            if category.area not in areas:
                raise ValueError(
                    f"category {category.id}: expected an area of {sorted(areas)}, "
                    f"received {category.area!r}"
                )

    @cached_property
    def index(self) -> dict[str, int]:
        """Output index of each category id."""
        return {category.id: i for i, category in enumerate(self.categories)}

    @cached_property
    def by_label(self) -> dict[tuple[str, str], Category]:
        """The category of each (source, label)."""
        return {(c.source, c.label): c for c in self.categories}

    def save(self, directory: Path) -> None:
        """Write the three files that `load_catalogue` reads into a folder."""
        directory.mkdir(parents=True, exist_ok=True)
        named = [f"name_{language}" for language in LANGUAGES]
        _write(
            directory / CATEGORIES,
            ["id", *named, "area", "source", "label"],
            [
                [c.id, *_in_order(c.names), c.area, c.source, c.label]
                for c in self.categories
            ],
        )
        areas = [[area.id, *_in_order(area.names)] for area in self.areas]
        _write(directory / AREAS, ["id", *named], areas)
        roles = [[*key, role] for key, role in self.roles.items()]
        _write(directory / BACKGROUND, ["source", "label", "role"], roles)


def load_catalogue(directory: Path = HERE) -> Catalogue:
    """Read `catalogue.csv`, `areas.csv` and `background_labels.csv`.

    Args:
        directory: Folder with the three files.

    Raises:
        ValueError: An id occurs twice, or an area is unknown.
    """
    categories = tuple(
        Category(row["id"], _names(row), row["area"], row["source"], row["label"])
        for row in read_csv_rows(directory / CATEGORIES)
    )
    areas = tuple(
        Area(row["id"], _names(row)) for row in read_csv_rows(directory / AREAS)
    )
    roles = {
        (row["source"], row["label"]): row["role"]
        for row in read_csv_rows(directory / BACKGROUND)
    }
    return Catalogue(categories, areas, roles)


def catalogue_of_labels(source: str, labels: Iterable[str]) -> Catalogue:
    """Make a catalogue for your own set of one folder per class.

    A folder called `none` holds photos of the background class.

    Args:
        source: Name of the set; prefix of the ids.
        labels: Folder names.
    """
    everything = Area("everything", {language: source for language in LANGUAGES})
    categories = tuple(
        Category(
            f"{source}.{_slug(label)}",
            {language: label.replace("_", " ") for language in LANGUAGES},
            everything.id,
            source,
            label,
        )
        for label in sorted(set(labels) - {"none"})
    )
    return Catalogue(categories, (everything,), {(source, "none"): "seen"})


def _slug(label: str) -> str:
    return re.sub(r"\W+", "_", label.lower()).strip("_")


def _write(path: Path, columns: list[str], rows: list[list[str]]) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    write_atomically(path, buffer.getvalue())


def _in_order(names: dict[str, str]) -> list[str]:
    return [names[language] for language in LANGUAGES]


def _names(row: dict[str, str]) -> dict[str, str]:
    return {language: row[f"name_{language}"] for language in LANGUAGES}


def _require_unique(what: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise ValueError(f"{what} expected once, received twice: {value!r}")
        seen.add(value)
