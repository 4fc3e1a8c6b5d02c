"""What every ranker can do, and how one is kept in a file."""

import io
import json
from abc import ABC, abstractmethod
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np

from photo_interests.files import write_atomically
from training.experiments.recommenders.data import RankingData, User

ABOUT = "about"


class Ranker(ABC):
    """Orders the items of a catalogue for a user.

    A subclass is a dataclass whose fields are its settings. What it learns is kept in
    `state`, arrays by name, and is all that `score` needs beside the user.
    """

    kinds: ClassVar[dict[str, type["Ranker"]]] = {}
    state: dict[str, np.ndarray]

    def __init_subclass__(cls) -> None:
        """Make the class known to `load`."""
        Ranker.kinds[cls.__name__] = cls

    @abstractmethod
    def fit(self, data: RankingData) -> Self:
        """Learn from the training part; validation may stop it, the test is unseen."""

    @abstractmethod
    def score(self, user: User) -> np.ndarray:
        """Score all items for a user.

        Returns:
            float `(items,)`, larger is better. For a user of whom the ranker knows
            nothing it is what the ranker thinks of the items alone.

        Raises:
            ValueError: The user is one that `fit` cannot have seen.
        """

    @property
    def size_bytes(self) -> int:
        """Bytes of all that was learned."""
        return sum(array.nbytes for array in self.state.values())

    def save(self, path: Path) -> None:
        """Write the ranker to one file, whole or not at all."""
        settings = asdict(self)  # type: ignore[call-overload]
        about = json.dumps({"kind": type(self).__name__, "settings": settings})
        content = io.BytesIO()
        arrays: dict[str, Any] = {ABOUT: np.array(about), **self.state}
        np.savez(content, **arrays)
        write_atomically(path, content.getvalue())

    @staticmethod
    def load(path: Path) -> "Ranker":
        """Read a ranker of any kind.

        Raises:
            ValueError: The file holds no ranker, or one of unknown kind or settings.
        """
        with np.load(path) as archive:
            arrays = dict(archive)
        if ABOUT not in arrays:
            raise ValueError(f"{path}: expected a ranker, received {sorted(arrays)}")
        about = json.loads(str(arrays.pop(ABOUT)))
        kind = Ranker.kinds.get(about["kind"])
        if kind is None:
            raise ValueError(
                f"{path}: expected one of {sorted(Ranker.kinds)}, "
                f"received {about['kind']!r}"
            )
        expected = {field.name for field in fields(kind)}  # type: ignore[arg-type]
        if set(about["settings"]) != expected:
            raise ValueError(
                f"{path}: expected settings {sorted(expected)}, "
                f"received {sorted(about['settings'])}"
            )
        ranker = kind(**about["settings"])
        ranker.state = arrays
        return ranker


def row_in(known: np.ndarray, user: User) -> int | None:
    """Row of a user who was trained on, or None for one without a training pair.

    Args:
        known: bool `(users,)`, who had training pairs.
        user: Anybody.

    Raises:
        ValueError: The number is none of the users'.
    """
    if user.number is None:
        return None
    if not 0 <= user.number < len(known):
        raise ValueError(
            f"user: expected 0 to {len(known) - 1}, received {user.number}"
        )
    return user.number if known[user.number] else None
