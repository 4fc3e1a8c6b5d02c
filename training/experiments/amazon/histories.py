"""What stays of the files: who took what and when, and the items' pictures."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from photo_interests.files import replacing
from training.experiments.amazon.filters import Rules, Size, apply_rules
from training.experiments.amazon.lines import LineCounts
from training.experiments.amazon.store import (
    BATCH_ROWS,
    ITEMS,
    REVIEWS,
    load_items,
    load_reviews,
    opened_store,
)

INTERACTIONS_FILE = "interactions.parquet"
ITEMS_FILE = "items.parquet"
MOST_BROKEN = 0.01


@dataclass(frozen=True, eq=False)
class Histories:
    """Users' histories and the items in them.

    Attributes:
        interactions: Columns user, item, day (since 1970), rating; ordered by user,
            day and item, one row a user and item.
        items: Columns item, title, category, url; ordered by item.
    """

    interactions: pd.DataFrame
    items: pd.DataFrame


@dataclass(frozen=True)
class Source:
    """Files of one shop department.

    Attributes:
        reviews: Review files.
        metadata: Metadata files.
        most_broken: Share of broken lines above which a file is refused.
    """

    reviews: Sequence[Path]
    metadata: Sequence[Path]
    most_broken: float = MOST_BROKEN


def write_histories(
    source: Source, rules: Rules, directory: Path, memory_limit_mb: int
) -> tuple[list[Size], list[LineCounts]]:
    """Read, filter and write histories; an older folder is replaced as a whole.

    Memory does not grow with the files: their rows lie in a database beside
    `directory` while this runs.

    Returns:
        Sizes after each step and what became of the lines of each file.

    Raises:
        FileNotFoundError: A file is missing.
        ValueError: A file is mostly broken, or no review stays.
    """
    check_paths(source, directory)
    directory.parent.mkdir(parents=True, exist_ok=True)
    work = directory.with_name(f".{directory.name}.duckdb")
    with opened_store(work, memory_limit_mb) as store:
        counts = load_items(store, source.metadata, source.most_broken)
        counts += load_reviews(store, source.reviews, source.most_broken)
        sizes = apply_rules(store, rules)
        with replacing(directory) as building:
            _write(store, building)
    return sizes, counts


def load_histories(directory: Path) -> Histories:
    """Read what `write_histories` wrote.

    Raises:
        FileNotFoundError: A file is missing.
        ValueError: Columns are others than expected.
    """
    return Histories(
        _read(directory / INTERACTIONS_FILE, REVIEWS),
        _read(directory / ITEMS_FILE, ITEMS),
    )


def _write(store: duckdb.DuckDBPyConnection, directory: Path) -> None:
    _write_table(
        store,
        'SELECT "user", item, "day", rating FROM reviews ORDER BY "user", "day", item',
        directory / INTERACTIONS_FILE,
        REVIEWS,
    )
    _write_table(
        store,
        "SELECT item, title, category, url FROM items "
        "SEMI JOIN reviews USING (item) ORDER BY item",
        directory / ITEMS_FILE,
        ITEMS,
    )


def _write_table(
    store: duckdb.DuckDBPyConnection, query: str, path: Path, schema: pa.Schema
) -> None:
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        batches: pa.RecordBatchReader = store.sql(query).to_arrow_reader(BATCH_ROWS)
        for batch in batches:
            writer.write_table(pa.Table.from_batches([batch]).cast(schema))


def _read(path: Path, schema: pa.Schema) -> pd.DataFrame:
    table = pq.read_table(path)
    if not table.schema.equals(schema):
        raise ValueError(
            f"{path}: expected columns\n{schema}\nreceived\n{table.schema}"
        )
    return table.to_pandas()


def check_paths(source: Source, directory: Path) -> None:
    """See to it that files are there and nothing of somebody else is overwritten.

    Raises:
        FileNotFoundError: A file is missing.
        ValueError: `directory` holds something else than histories.
    """
    for path in (*source.reviews, *source.metadata):
        if not path.is_file():
            raise FileNotFoundError(f"no such file: {path}")
    if directory.exists() and any(directory.iterdir()):
        if not (directory / INTERACTIONS_FILE).exists():
            raise ValueError(
                f"{directory}: expected histories or nothing, received a folder "
                f"without {INTERACTIONS_FILE}; nothing was written"
            )
