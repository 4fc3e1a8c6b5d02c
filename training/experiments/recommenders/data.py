"""What rankers learn from: who took what, how it looks, and the users' own photos."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd

EVENT_COLUMNS = ["user", "item", "time"]
GROUPS = ("warm", "few", "new")
WARM = 5
"""Fewest training interactions of a warm user; one with none at all is new."""


class User(NamedTuple):
    """What is known of the person to rank for.

    Attributes:
        number: Row among the users trained on; None for somebody never seen.
        history: int32 `(taken,)`, items taken in training.
        photos: Features of their own photos `(photos, dimension)`; None if unknown.
    """

    number: int | None
    history: np.ndarray
    photos: np.ndarray | None


@dataclass(frozen=True, eq=False)
class RankingData:
    """Users, items and who took which, split into three.

    Attributes:
        users: Ids.
        items: Ids.
        train: int32 `(pairs, 2)` of user and item row.
        validation: The same, to choose settings with.
        test: The same, looked at once.
        features: `(items, dimension)`, how each item looks: uint8 as our extractor
            stores it, or any floats.
        categories: int32 `(items,)`, -1 where unknown.
        photos: Of each user, rows like `features`; None where no user has any.
        pixels: uint8 `(items, height, width, 3)`, for rankers that see pictures.
        tie_seed: Of the fixed order in which items of equal score stand.
    """

    users: tuple[str, ...]
    items: tuple[str, ...]
    train: np.ndarray
    validation: np.ndarray
    test: np.ndarray
    features: np.ndarray
    categories: np.ndarray
    photos: Sequence[np.ndarray] | None = None
    pixels: np.ndarray | None = None
    tie_seed: int = 0

    def __post_init__(self) -> None:
        for name in ("train", "validation", "test"):
            self._check_pairs(name, getattr(self, name))
        if len(self.features) != len(self.items):
            raise ValueError(
                f"features: expected a row for each of {len(self.items)} items, "
                f"received {len(self.features)}"
            )
        check_finite(self.features, self.items)
        if self.photos is not None and len(self.photos) != len(self.users):
            raise ValueError(
                f"photos: expected those of {len(self.users)} users, "
                f"received of {len(self.photos)}"
            )
        if self.pixels is not None and len(self.pixels) != len(self.items):
            raise ValueError(
                f"pixels: expected a picture of each of {len(self.items)} items, "
                f"received {len(self.pixels)}"
            )

    def _check_pairs(self, name: str, pairs: np.ndarray) -> None:
        limits = {"user": len(self.users), "item": len(self.items)}
        for column, (what, limit) in enumerate(limits.items()):
            wrong = np.flatnonzero((pairs[:, column] < 0) | (pairs[:, column] >= limit))
            if len(wrong):
                raise ValueError(
                    f"{name}, row {wrong[0]}: expected {what} 0 to {limit - 1}, "
                    f"received {pairs[wrong[0], column]}"
                )

    @cached_property
    def taken(self) -> list[np.ndarray]:
        """Items that each user took in training, int32, ascending."""
        return items_by_user(self.train, len(self.users))

    @cached_property
    def groups(self) -> np.ndarray:
        """Name of each user's group: by how much training knows of the user."""
        counts = np.array([len(items) for items in self.taken])
        return np.where(counts >= WARM, "warm", np.where(counts > 0, "few", "new"))

    @cached_property
    def standardised(self) -> np.ndarray:
        """Features float32, each with mean 0 and deviation 1 over the items."""
        values = np.asarray(self.features, np.float32)
        deviation = values.std(axis=0)
        return (values - values.mean(axis=0)) / np.where(deviation > 0, deviation, 1)

    def user(self, row: int) -> User:
        """All that is known of one of the users.

        Raises:
            ValueError: There is no such user.
        """
        if not 0 <= row < len(self.users):
            raise ValueError(
                f"user: expected 0 to {len(self.users) - 1}, received {row}"
            )
        photos = None if self.photos is None else self.photos[row]
        return User(row, self.taken[row], photos)


def items_by_user(pairs: np.ndarray, users: int) -> list[np.ndarray]:
    """List the items of each user, int32, ascending."""
    ordered = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
    cuts = np.searchsorted(ordered[:, 0], np.arange(1, users))
    return np.split(ordered[:, 1].astype(np.int32), cuts)


def check_finite(features: np.ndarray, items: Sequence[str]) -> None:
    """Refuse features that are no numbers.

    Raises:
        ValueError: Naming the first item and row that has one.
    """
    if features.dtype == np.uint8:
        return
    wrong = np.flatnonzero(~np.isfinite(features).all(axis=1))
    if len(wrong):
        row = int(wrong[0])
        raise ValueError(
            f"features, row {row}: expected numbers for item {items[row]!r}, "
            "received NaN or infinity"
        )


def check_events(events: pd.DataFrame, items: Sequence[str]) -> None:
    """Check a table of who took what, and when.

    Args:
        events: Columns `EVENT_COLUMNS`; user and item are text, time a whole number.
        items: Those that have a picture.

    Raises:
        ValueError: Naming the first row that is wrong: another kind of column, no
            row at all, an item without a picture, or a row that stands there twice.
    """
    if list(events.columns) != EVENT_COLUMNS:
        raise ValueError(
            f"events: expected columns {EVENT_COLUMNS}, received {list(events.columns)}"
        )
    if events.empty:
        raise ValueError("events: expected at least one row, received none")
    missing = events[events.isna().any(axis=1)]
    if len(missing):
        raise ValueError(f"events, row {missing.index[0]}: expected no empty cell")
    strange = events[~events["item"].isin(items)]
    if len(strange):
        raise ValueError(
            f"events, row {strange.index[0]}: expected an item with a picture, "
            f"received {strange['item'].iloc[0]!r}, which has none"
        )
    repeated = events[events.duplicated(["user", "item"])]
    if len(repeated):
        row = repeated.iloc[0]
        raise ValueError(
            f"events, row {repeated.index[0]}: expected user {row['user']!r} to take "
            f"item {row['item']!r} once, received it again"
        )
