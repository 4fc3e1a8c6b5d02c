"""A deployer's own users: who took which photos, and what they are known to like."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

COLUMNS = ("user", "photo", "category")


@dataclass(frozen=True, eq=False)
class OwnUsers:
    """Users of a table.

    Attributes:
        photos: Each photo once, as the table names it.
        sets: For each user the rows of `photos`, ascending.
        truth: True interests, bool `(users, categories)`.
    """

    photos: tuple[str, ...]
    sets: tuple[np.ndarray, ...]
    truth: np.ndarray

    @property
    def shared_photos(self) -> float:
        """Share of the photos that more than one user has."""
        counts = np.bincount(np.concatenate(self.sets), minlength=len(self.photos))
        return float((counts > 1).mean())


def read_users(path: Path, categories: tuple[str, ...]) -> OwnUsers:
    """Read a table of users, CSV or Parquet.

    Its columns are `user` (any name or number), `photo` and `category`. A row gives
    the user a photo, an interest, or both when both are filled.

    Args:
        path: `.csv` or `.parquet`.
        categories: Ids that the bundle knows.

    Raises:
        ValueError: Another kind of file, other columns, an unknown category, or a
            user without a photo.
    """
    table = _read(path)
    missing = [name for name in COLUMNS if name not in table.columns]
    if missing:
        raise ValueError(
            f"{path}: expected the columns {', '.join(COLUMNS)}, received "
            f"{', '.join(map(str, table.columns))}"
        )
    table = table[list(COLUMNS)].fillna("").astype(str)
    unknown = sorted(set(table["category"]) - {"", *categories})
    if unknown:
        raise ValueError(
            f"{path}: expected categories of the bundle, such as {categories[0]!r}, "
            f"received {', '.join(map(repr, unknown[:5]))}"
        )
    users, names = pd.factorize(table["user"])
    shown = (table["photo"] != "").to_numpy()
    without = sorted(set(range(len(names))) - set(users[shown].tolist()))
    if without or not len(names):
        raise ValueError(
            f"{path}: expected a photo of every user, received "
            + (f"none of user {names[without[0]]!r}" if without else "no users")
        )
    numbers, photos = pd.factorize(table["photo"][shown])
    pairs = pd.DataFrame({"user": users[shown], "photo": numbers}).drop_duplicates()
    sets = [np.sort(group.to_numpy()) for _, group in pairs.groupby("user")["photo"]]
    index = {category: i for i, category in enumerate(categories)}
    truth = np.zeros((len(names), len(categories)), bool)
    liked = (table["category"] != "").to_numpy()
    truth[users[liked], table["category"][liked].map(index)] = True
    return OwnUsers(tuple(photos), tuple(sets), truth)


def _read(path: Path) -> pd.DataFrame:
    if path.suffix == ".csv":
        return pd.read_csv(path, dtype=str, keep_default_na=False)
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    raise ValueError(f"{path}: expected a .csv or .parquet file of users")
