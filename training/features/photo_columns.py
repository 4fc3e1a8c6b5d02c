"""The table of photos in a feature set: its columns, their types, their values.

photo: row number. source: the photo set. category: stable id, "" for the background
class. label: class name in the source. none_role: "seen" or "unseen" (out-of-
distribution, only in tests) for photos of the background class, else "". contributor:
number of a person, -1 where unknown. split: train, validation or test. group: number
shared by near-duplicates.
"""

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from training.runs import writing

SCHEMA = pa.schema(
    [
        ("photo", pa.int32()),
        ("source", pa.string()),
        ("category", pa.string()),
        ("label", pa.string()),
        ("none_role", pa.string()),
        ("contributor", pa.int32()),
        ("split", pa.string()),
        ("group", pa.int32()),
    ]
)
SPLITS = ("train", "validation", "test")
NONE_ROLES = ("", "seen", "unseen")


def read_photos(path: Path) -> pd.DataFrame:
    """Read a table of photos.

    Raises:
        ValueError: The columns or their types differ from `SCHEMA`.
    """
    table = pq.read_table(path)
    if not table.schema.equals(SCHEMA):
        raise ValueError(
            f"{path}: expected columns\n{SCHEMA}\nreceived\n{table.schema}"
        )
    return table.to_pandas()


def write_photos(photos: pd.DataFrame, path: Path) -> None:
    """Write a table of photos; the same table gives the same bytes.

    Args:
        photos: Columns of `SCHEMA`.
        path: Parquet file to write.
    """
    table = pa.Table.from_pandas(photos, schema=SCHEMA, preserve_index=False)
    with writing(path) as temporary:
        pq.write_table(
            table.replace_schema_metadata(None), temporary, compression="zstd"
        )


def check_photos(photos: pd.DataFrame, count: int, categories: tuple[str, ...]) -> None:
    """Check a table of photos against its feature set.

    Args:
        photos: The table.
        count: Number of photos that have features.
        categories: Known ids.

    Raises:
        ValueError: A column is invalid; named with what was expected and received.
    """
    if list(photos.columns) != SCHEMA.names:
        raise ValueError(
            f"photos: expected columns {SCHEMA.names}, received {list(photos.columns)}"
        )
    if not np.array_equal(photos["photo"], np.arange(count)):
        raise ValueError(
            f"photos: expected rows numbered 0 to {count - 1} as the features, "
            f"received {len(photos)} rows"
        )
    _require_values(photos, "category", {"", *categories})
    _require_values(photos, "none_role", set(NONE_ROLES))
    _require_values(photos, "split", set(SPLITS))
    if ((photos["category"] == "") != (photos["none_role"] != "")).any():
        raise ValueError(
            "photos: expected none_role for photos without a category and only for "
            "these, received both or neither"
        )
    if ((photos["none_role"] == "unseen") & (photos["split"] == "train")).any():
        raise ValueError(
            "photos: expected no photo of none_role unseen in training, received some"
        )


def _require_values(photos: pd.DataFrame, column: str, allowed: set[str]) -> None:
    unknown = sorted(set(photos[column]) - allowed)
    if unknown:
        raise ValueError(
            f"photos: expected {column} of {sorted(allowed)[:8]}…, received {unknown}"
        )
