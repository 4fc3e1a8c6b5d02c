"""Sets of photos that belong to one person each, and their Parquet file."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from photo_interests.files import write_atomically
from training.features.feature_set import FeatureSet
from training.simulation import scenario_names

SCHEMA = pa.schema(
    [
        ("world", pa.string()),
        ("split", pa.string()),
        ("user", pa.int32()),
        ("photo", pa.int32()),
        ("day", pa.int32()),
    ]
)


class UserSet(NamedTuple):
    """The photos of one person.

    Attributes:
        user: Number within its scenario and split.
        photos: int32 `(photos,)`, photo numbers in order of time.
        days: int32 `(photos,)`, days since 1970, ascending; -1 where unknown.
    """

    user: int
    photos: np.ndarray
    days: np.ndarray


class UserSets:
    """All user sets of all scenarios and splits, one row a photo of a user.

    Args:
        table: Columns of `SCHEMA`; the rows of a user are kept together.

    Raises:
        ValueError: The columns differ or the rows of a user are scattered.
    """

    def __init__(self, table: pd.DataFrame) -> None:
        if list(table.columns) != SCHEMA.names:
            raise ValueError(
                f"user sets: expected columns {SCHEMA.names}, "
                f"received {list(table.columns)}"
            )
        self.table = table.reset_index(drop=True)
        self._spans = _spans(self.table)

    @classmethod
    def load(cls, path: Path) -> "UserSets":
        """Read user sets.

        Raises:
            ValueError: The columns or their types are others than `SCHEMA`.
        """
        table = pq.read_table(path)
        if not table.schema.equals(SCHEMA):
            raise ValueError(
                f"{path}: expected columns\n{SCHEMA}\nreceived\n{table.schema}"
            )
        return cls(table.to_pandas())

    def save(self, path: Path) -> None:
        """Write the sets atomically; the same sets give the same bytes."""
        table = pa.Table.from_pandas(self.table, schema=SCHEMA, preserve_index=False)
        buffer = io.BytesIO()
        pq.write_table(table.replace_schema_metadata(None), buffer, compression="zstd")
        write_atomically(path, buffer.getvalue())

    @property
    def scenarios(self) -> dict[str, tuple[str, ...]]:
        """The splits of each scenario, in the order of the file."""
        return {scenario: tuple(splits) for scenario, splits in self._spans.items()}

    def sets(self, scenario: str, split: str) -> list[UserSet]:
        """List the sets of one scenario and split.

        Where there are real shoppers and no simulated users, the shoppers take their
        place: they are who networks learn from.

        Raises:
            ValueError: The scenario or split is unknown.
        """
        if scenario == scenario_names.USERS and scenario not in self._spans:
            scenario = (
                scenario_names.SHOPPERS
                if scenario_names.SHOPPERS in self._spans
                else scenario
            )
        try:
            first, last = self._spans[scenario][split]
        except KeyError:
            raise ValueError(
                f"user sets: expected scenario and split of {self.scenarios}, "
                f"received {scenario!r}, {split!r}"
            ) from None
        user, photo, day = (
            self.table[name].to_numpy(np.int32)[first:last]
            for name in ("user", "photo", "day")
        )
        cuts = np.flatnonzero(np.diff(user)) + 1
        starts = np.concatenate([[0], cuts]).tolist()
        stops = np.concatenate([cuts, [len(user)]]).tolist()
        return [
            UserSet(int(user[a]), photo[a:b], day[a:b])
            for a, b in zip(starts, stops, strict=True)
        ]


def labels(sets: Sequence[UserSet], feature_set: FeatureSet) -> np.ndarray:
    """Mark the true interests: the categories of a user's own photos.

    Returns:
        uint8 `(users, D)`; a row of zeros for a user without interests.
    """
    marks = np.zeros((len(sets), len(feature_set.categories) + 1), np.uint8)
    users = np.repeat(np.arange(len(sets)), [len(s.photos) for s in sets])
    photos = np.concatenate([s.photos for s in sets]) if sets else np.zeros(0, int)
    marks[users, feature_set.category_indices[photos]] = 1  # none (-1) falls last
    return marks[:, :-1]


def _spans(table: pd.DataFrame) -> dict[str, dict[str, tuple[int, int]]]:
    """Row range of each scenario and split; checks that users are in one piece."""
    keys = table[["world", "split", "user"]]
    starts = np.flatnonzero((keys != keys.shift()).any(axis=1))
    pieces = keys.iloc[starts]
    if pieces.duplicated().any():
        raise ValueError(
            "user sets: expected the rows of a user together, received scattered "
            f"rows of {pieces[pieces.duplicated()].iloc[0].to_dict()}"
        )
    spans: dict[str, dict[str, tuple[int, int]]] = {}
    stops = np.append(starts[1:], len(table))[: len(starts)]
    for start, stop, scenario, split in zip(
        starts, stops, pieces["world"], pieces["split"], strict=True
    ):
        first, last = spans.setdefault(scenario, {}).get(
            split, (int(start), int(start))
        )
        if last != start:
            raise ValueError(
                "user sets: expected the rows of a scenario and split together, "
                f"received scattered rows of {scenario!r}, {split!r}"
            )
        spans[scenario][split] = (first, int(stop))
    return spans
