"""Reviews and metadata in DuckDB: what does not fit into memory spills to the disk.

DuckDB holds itself to a limit of memory and counts, joins and groups columns faster
than Python or SQLite could; the files are parsed in Python only because the metadata
of 2014 are no JSON.
"""

import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import duckdb
import pyarrow as pa

from training.experiments.amazon.items import Item, parse_item
from training.experiments.amazon.lines import LineCounts, batched, read_records
from training.experiments.amazon.reviews import parse_review

logger = logging.getLogger(__name__)
BATCH_ROWS = 20_000
MEMORY_LIMIT_MB = 512
SECONDS_BETWEEN_REPORTS = 10.0
REVIEWS = pa.schema(
    [
        ("user", pa.string()),
        ("item", pa.string()),
        ("day", pa.int32()),
        ("rating", pa.float32()),
    ]
)
ITEMS = pa.schema([(name, pa.string()) for name in Item._fields])

# Both engines, DuckDB and Spark, run these very texts.
EARLIEST = (
    'SELECT "user", item, min("day") AS "day", '
    'min_by(rating, "day" * 10 + rating) AS rating FROM written GROUP BY "user", item'
)
# An item that is listed twice is described best where it has more to say.
BEST_DESCRIBED = (
    "SELECT item, title, category, url FROM (SELECT *, row_number() OVER ("
    "PARTITION BY item ORDER BY CASE WHEN category <> '' THEN 1 ELSE 0 END + "
    "CASE WHEN url <> '' THEN 1 ELSE 0 END DESC, length(category) DESC, category, "
    "url, title) AS place FROM listed) AS ranked WHERE place = 1"
)


@contextmanager
def opened_store(
    path: Path, memory_limit_mb: int = MEMORY_LIMIT_MB
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a new database file, which is gone afterwards.

    Args:
        path: Of the file; its folder needs room for the reviews without their texts.
        memory_limit_mb: What DuckDB may hold; beyond it, it writes beside `path`.
    """
    _remove(path)
    connection = duckdb.connect(str(path))
    try:
        connection.execute(f"SET memory_limit = '{memory_limit_mb}MB'")
        connection.execute("SET preserve_insertion_order = false")
        # DuckDB would draw on stdout, between what the command says there.
        connection.execute("SET enable_progress_bar = false")
        yield connection
    finally:
        connection.close()
        _remove(path)


def load_reviews(
    store: duckdb.DuckDBPyConnection, files: Sequence[Path], most_broken: float
) -> list[LineCounts]:
    """Fill table `reviews` (user, item, day, rating): one row a user and item.

    Of several reviews of an item by the same user, as the files of 2018 have them, the
    earliest is kept, and of those of one day the one of fewest stars.

    Raises:
        ValueError: A file has more broken lines than `most_broken`, a share.
    """
    counts = _load(store, "written", REVIEWS, files, parse_review, most_broken)
    store.execute(f"CREATE TABLE reviews AS {EARLIEST}")
    store.execute("DROP TABLE written")
    return counts


def load_items(
    store: duckdb.DuckDBPyConnection, files: Sequence[Path], most_broken: float
) -> list[LineCounts]:
    """Fill table `items` (item, title, category, url): one row an item.

    Raises:
        ValueError: A file has more broken lines than `most_broken`, a share.
    """
    counts = _load(store, "listed", ITEMS, files, parse_item, most_broken)
    store.execute(f"CREATE TABLE items AS {BEST_DESCRIBED}")
    store.execute("DROP TABLE listed")
    return counts


def _load(
    store: duckdb.DuckDBPyConnection,
    table: str,
    schema: pa.Schema,
    files: Sequence[Path],
    parse: Callable[[bytes], NamedTuple],
    most_broken: float,
) -> list[LineCounts]:
    empty = schema.empty_table()
    store.register("batch", empty)
    store.execute(f"CREATE TABLE {table} AS SELECT * FROM batch")
    all_counts = []
    for file in files:
        counts = LineCounts(file)
        reported = time.monotonic()
        records = read_records(file, parse, counts, most_broken)
        for rows in batched(records, BATCH_ROWS):
            columns = [
                pa.array(column, field.type)
                for column, field in zip(zip(*rows, strict=True), schema, strict=True)
            ]
            store.register("batch", pa.Table.from_arrays(columns, schema=schema))
            store.execute(f"INSERT INTO {table} SELECT * FROM batch")
            if time.monotonic() - reported > SECONDS_BETWEEN_REPORTS:
                reported = time.monotonic()
                logger.info("%s: %s lines read", file.name, f"{counts.lines:,}")
        logger.info(
            "%s: %s lines, %s broken",
            file.name, f"{counts.lines:,}", f"{counts.broken:,}",
        )  # fmt: skip
        all_counts.append(counts)
    store.unregister("batch")
    return all_counts


def _remove(path: Path) -> None:
    for old in (path, path.with_name(path.name + ".wal")):
        old.unlink(missing_ok=True)
