"""The two levels of the taxonomy: kinds that photos show, interests that people have.

`interests.csv` has the interests and `interest_areas.csv` their areas. Kinds are those
of `catalogue.csv` and `everyday_kinds.csv`; `kinds_to_interests.csv` maps each.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal, cast, get_args

import numpy as np

from training.csv_rows import read_csv_rows

HERE = Path(__file__).parent
Shown = Literal["always", "on_request", "never"]


@dataclass(frozen=True)
class Area:
    """A group of interests.

    Attributes:
        id: Stable name.
        names: By language, `en` and `de`.
    """

    id: str
    names: dict[str, str]


@dataclass(frozen=True)
class Interest:
    """Something that people would call an interest of theirs.

    Attributes:
        id: Stable name.
        names: By language, `en` and `de`.
        area: Id of its area.
        description: One line in English.
        iab: Code of the IAB Content Taxonomy 3.1.
        wikidata: Id of an item of Wikidata, "" where none is sure.
        shown: Sensitive interests are shown on request alone; never: evidence that is
            no interest.
    """

    id: str
    names: dict[str, str]
    area: str
    description: str
    iab: str
    wikidata: str
    shown: Shown


@dataclass(frozen=True, eq=False)
class Interests:
    """The taxonomy.

    Attributes:
        areas: In order.
        interests: In order.
        kinds: Ids of all kinds: those of the catalogue, then the everyday kinds.
        kind_names: Names of each kind by language.
        weights: float32 `(kinds, interests)` in [0, 1]: how much a photo of the kind is
            evidence of the interest. A row of zeros belongs to none.
    """

    areas: tuple[Area, ...]
    interests: tuple[Interest, ...]
    kinds: tuple[str, ...]
    kind_names: tuple[dict[str, str], ...]
    weights: np.ndarray

    @cached_property
    def index(self) -> dict[str, int]:
        """Position of each interest by its id."""
        return {one.id: number for number, one in enumerate(self.interests)}

    @cached_property
    def kind_index(self) -> dict[str, int]:
        """Position of each kind by its id."""
        return {one: number for number, one in enumerate(self.kinds)}

    @property
    def always(self) -> np.ndarray:
        """Which interests are shown without being asked for: bool `(interests,)`."""
        return np.array([one.shown == "always" for one in self.interests])


def load_interests(directory: Path = HERE) -> Interests:
    """Read the taxonomy.

    Args:
        directory: Folder of the four tables and of `catalogue.csv`.

    Raises:
        ValueError: An id stands twice or is unknown, a kind is not mapped, a weight is
            outside (0, 1], or `shown` is none of its words.
    """
    areas = tuple(Area(r["id"], _names(r)) for r in _rows(directory, "interest_areas"))
    interests = tuple(
        Interest(
            r["id"], _names(r), r["area"], r["description"], r["iab"], r["wikidata"],
            cast(Shown, r["shown"]),
        )
        for r in _rows(directory, "interests")
    )  # fmt: skip
    kinds = [*_rows(directory, "catalogue"), *_rows(directory, "everyday_kinds")]
    _check_unique("area", [one.id for one in areas])
    _check_unique("interest", [one.id for one in interests])
    _check_unique("kind", [row["id"] for row in kinds])
    for interest in interests:
        _check_known("area", interest.area, {one.id for one in areas})
        _check_known("shown", interest.shown, set(get_args(Shown)))
    ids = tuple(row["id"] for row in kinds)
    weights = _weights(directory, ids, tuple(one.id for one in interests))
    return Interests(areas, interests, ids, tuple(_names(r) for r in kinds), weights)


def _weights(
    directory: Path, kinds: tuple[str, ...], interests: tuple[str, ...]
) -> np.ndarray:
    row_of = {one: number for number, one in enumerate(kinds)}
    column_of = {one: number for number, one in enumerate(interests)}
    weights = np.zeros((len(kinds), len(interests)), np.float32)
    mapped = set()
    for row in _rows(directory, "kinds_to_interests"):
        _check_known("kind", row["kind"], set(kinds))
        mapped.add(row["kind"])
        if row["interest"] == "":
            continue
        _check_known("interest", row["interest"], set(interests))
        weight = float(row["weight"])
        if not 0 < weight <= 1:
            raise ValueError(
                f"weight of {row['kind']} in {row['interest']}: expected above 0 and "
                f"at most 1, received {weight}"
            )
        weights[row_of[row["kind"]], column_of[row["interest"]]] = weight
    unmapped = sorted(set(kinds) - mapped)
    if unmapped:
        raise ValueError(
            f"kinds_to_interests.csv: expected every kind, received none of {unmapped}"
        )
    return weights


def _rows(directory: Path, name: str) -> list[dict[str, str]]:
    return read_csv_rows(directory / f"{name}.csv")


def _names(row: dict[str, str]) -> dict[str, str]:
    return {"en": row["name_en"], "de": row["name_de"]}


def _check_unique(what: str, ids: list[str]) -> None:
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise ValueError(f"{what}: expected each id once, received twice {twice}")


def _check_known(what: str, received: str, known: set[str]) -> None:
    if received not in known:
        raise ValueError(
            f"{what}: expected one of {sorted(known)}, received {received!r}"
        )
