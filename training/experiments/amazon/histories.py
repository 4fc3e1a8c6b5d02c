"""What stays of the files: who reviewed what and when, and the items' pictures."""

import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from training.experiments.amazon.engines import (
    Engine,
    Spark,
    opened_duckdb,
    spark_session,
)
from training.experiments.amazon.filters import Rules, Size, apply_rules
from training.experiments.amazon.lines import LineCounts
from training.experiments.amazon.parsed import ITEMS, REVIEWS, parse_files

INTERACTIONS_FILE = "interactions.parquet"
ITEMS_FILE = "items.parquet"
# Of several reviews of an item by the same user the earliest counts, and of those of
# one day the one of fewest stars.
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
INTERACTIONS = (
    'SELECT "user", item, "day", rating FROM reviews ORDER BY "user", "day", item'
)
REVIEWED_ITEMS = (
    "SELECT item, title, category, url FROM items "
    "SEMI JOIN reviews USING (item) ORDER BY item"
)


@dataclass(frozen=True, eq=False)
class Histories:
    """Users' histories and the items in them.

    Attributes:
        interactions: Columns user, item, day (since 1970), rating; ordered by user,
            day and item, one row per user and item.
        items: Columns item, title, category, url; ordered by item.
    """

    interactions: pd.DataFrame
    items: pd.DataFrame


@dataclass(frozen=True)
class Source:
    """Files of one department of the shop.

    Attributes:
        reviews: Review files.
        metadata: Metadata files.
        most_broken: Share of broken lines above which a file is refused.
    """

    reviews: Sequence[Path]
    metadata: Sequence[Path]
    most_broken: float = 0.01

    def check(self) -> None:
        """Check that all files are there.

        Raises:
            FileNotFoundError: A file is missing.
        """
        for path in (*self.reviews, *self.metadata):
            if not path.is_file():
                raise FileNotFoundError(f"no such file: {path}")


class Written(NamedTuple):
    """What became of the files.

    Attributes:
        sizes: After each step.
        counts: Of the lines of each file, metadata first.
    """

    sizes: list[Size]
    counts: list[LineCounts]


def write_histories(
    source: Source,
    rules: Rules,
    directory: Path,
    scratch: Path,
    memory_limit_mb: int = 512,
    master: str | None = None,
) -> Written:
    """Read, filter and write histories; either engine writes the same rows.

    Memory does not grow with the files: DuckDB's tables, or Spark's, lie in `scratch`.

    Args:
        source: Files; all workers of Spark see them under these paths.
        rules: What stays.
        directory: Gets both tables.
        scratch: Folder for parsed files and tables; a killed run parses a file once.
        memory_limit_mb: What DuckDB may hold, in MB.
        master: URL of Spark, which works in place of DuckDB; see `spark_session`.

    Raises:
        FileNotFoundError: A file is missing.
        ValueError: A file is mostly broken, or no review stays.
    """
    source.check()
    listed = parse_files(source.metadata, ITEMS, scratch / "items", source.most_broken)
    written = parse_files(
        source.reviews, REVIEWS, scratch / "reviews", source.most_broken
    )
    tables = scratch / "tables"
    shutil.rmtree(tables, ignore_errors=True)
    tables.mkdir()
    with ExitStack() as stack:
        engine: Engine
        if master is None:
            database = opened_duckdb(tables / "histories.duckdb", memory_limit_mb)
            engine = stack.enter_context(database)
        else:
            engine = Spark(stack.enter_context(spark_session(master, tables)))
        engine.view("listed", listed.paths)
        engine.view("written", written.paths)
        engine.execute(f"CREATE TABLE items AS {BEST_DESCRIBED}")
        engine.execute(f"CREATE TABLE reviews AS {EARLIEST}")
        sizes = apply_rules(engine, rules)
        for query, name in (
            (INTERACTIONS, INTERACTIONS_FILE),
            (REVIEWED_ITEMS, ITEMS_FILE),
        ):
            _remove(directory / name)
            engine.write(query, directory / name)
    return Written(sizes, listed.counts + written.counts)


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


def _read(path: Path, schema: pa.Schema) -> pd.DataFrame:
    table = pq.read_table(path)
    received = [(field.name, field.type) for field in table.schema]
    if received != [(field.name, field.type) for field in schema]:
        raise ValueError(
            f"{path}: expected columns\n{schema}\nreceived\n{table.schema}"
        )
    return table.to_pandas()


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    path.unlink(missing_ok=True)
