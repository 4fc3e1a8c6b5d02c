"""Histories by Spark: the parsers and the SQL of one machine, on any number of them.

A file is read by one task, since gzip cannot be cut, and its lines are parsed by all.
A parsed file stays beside the result until that is whole, so a killed run parses it
once. What a lost worker had under way Spark does again.
"""

import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa

from photo_interests.files import replacing
from training.experiments.amazon.filters import Rules, Size, apply_rules
from training.experiments.amazon.histories import (
    INTERACTIONS_FILE,
    ITEMS_FILE,
    Source,
    check_paths,
)
from training.experiments.amazon.items import parse_item
from training.experiments.amazon.lines import (
    EXAMPLES,
    GZIP_MAGIC,
    MAXIMUM_LINE_BYTES,
    PARQUET_MAGIC,
    LineCounts,
    LineError,
    starts_with,
)
from training.experiments.amazon.reviews import parse_review
from training.experiments.amazon.spark_session import spark_session
from training.experiments.amazon.store import BEST_DESCRIBED, EARLIEST, ITEMS, REVIEWS

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

logger = logging.getLogger(__name__)
Parse = Callable[[bytes], NamedTuple]
SQL_TYPES = {pa.string(): "string", pa.int32(): "int", pa.float32(): "float"}
WHOLE_FILE = 2**60
"""Bytes that one task may read: lines are numbered in the order of the file."""
SUCCESS = "_SUCCESS"


class SparkStore:
    """Runs SQL as a `filters.Store` of this package, each table as Parquet files."""

    def __init__(self, session: "SparkSession") -> None:
        self.session = session

    def execute(self, query: str) -> "SparkRows":
        """Run a query."""
        return SparkRows(self.session.sql(query))


class SparkRows:
    """The outcome of a query."""

    def __init__(self, frame: Any) -> None:
        self.frame = frame

    def fetchall(self) -> list[tuple]:
        """Bring all rows here."""
        return [tuple(row) for row in self.frame.collect()]


def write_histories_by_spark(
    master: str, source: Source, rules: Rules, directory: Path
) -> tuple[list[Size], list[LineCounts]]:
    """Do what `histories.write_histories` does, with the same rows.

    Args:
        master: See `spark_session`.
        source: Files that all workers see under these paths.
        rules: What stays.
        directory: To write; all workers see it too.

    Returns:
        Sizes after each step and what became of the lines of each file.

    Raises:
        FileNotFoundError: A file is missing.
        ValueError: A file is mostly broken, or no review stays.
    """
    check_paths(source, directory)
    work = directory.absolute().with_name(f".{directory.name}.spark")
    tables = work / "tables"
    shutil.rmtree(tables, ignore_errors=True)
    with spark_session(master, tables) as session:
        for limit in ("maxPartitionBytes", "openCostInBytes"):
            session.conf.set(f"spark.sql.files.{limit}", WHOLE_FILE)
        store = SparkStore(session)
        counts = _load(session, "listed", ITEMS, source.metadata, parse_item, work)
        counts += _load(session, "written", REVIEWS, source.reviews, parse_review, work)
        for count in counts:
            count.check(source.most_broken)
        store.execute(f"CREATE TABLE items AS {BEST_DESCRIBED}")
        store.execute(f"CREATE TABLE reviews AS {EARLIEST}")
        sizes = apply_rules(store, rules)
        with replacing(directory) as building:
            _write(session, building.absolute())
    shutil.rmtree(work)
    return sizes, counts


def _load(
    session: "SparkSession",
    table: str,
    schema: pa.Schema,
    files: Sequence[Path],
    parse: Parse,
    work: Path,
) -> list[LineCounts]:
    """Parse files into view `table`; counts what became of their lines."""
    columns = ", ".join(f'"{f.name}" {SQL_TYPES[f.type]}' for f in schema)
    columns += ", number bigint, error string"
    counts, parts = [], []
    for file in files:
        status = file.stat()
        name = f"{file.name}-{status.st_size}-{status.st_mtime_ns}"
        part = work / table / name
        if not (part / SUCCESS).exists():
            _parse(session, file, parse, schema, columns, part)
        parts.append(str(part))
        counts.append(_count(session, file, part))
        logger.info(
            "%s: %s lines, %s broken",
            file.name, f"{counts[-1].lines:,}", f"{counts[-1].broken:,}",
        )  # fmt: skip
    frame = session.read.schema(columns).parquet(*parts).where("error IS NULL")
    frame.drop("number", "error").createOrReplaceTempView(table)
    return counts


def _parse(
    session: "SparkSession",
    file: Path,
    parse: Parse,
    schema: pa.Schema,
    columns: str,
    part: Path,
) -> None:
    from pyspark.sql import functions

    if starts_with(file, PARQUET_MAGIC):
        read = session.read.parquet(str(file.absolute()))
        line = functions.to_json(functions.struct("*"))
    else:
        _refuse_nameless_gzip(file)
        read = session.read.text(str(file.absolute()), lineSep="\n")
        line = functions.col("value")
    lines = read.select(
        functions.monotonically_increasing_id().alias("number"),
        line.cast("binary").alias("line"),
    )
    spread = lines.repartition(4 * session.sparkContext.defaultParallelism)
    told = pa.schema([*schema, ("number", pa.int64()), ("error", pa.string())])

    def rows(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            yield parsed_batch(batch, parse, told)

    parsed = spread.mapInArrow(rows, columns)
    parsed.write.mode("overwrite").parquet(str(part))


def parsed_batch(
    batch: pa.RecordBatch, parse: Parse, schema: pa.Schema
) -> pa.RecordBatch:
    """Parse lines.

    Args:
        batch: `number` from 0 and `line`, bytes.
        parse: Makes a record of a line or raises `LineError`.
        schema: The record's, `number` and `error`.

    Returns:
        A row for each line that is not empty: a record, or an error.
    """
    rows = []
    for number, line in zip(*batch.to_pydict().values(), strict=True):
        if not line.strip():
            continue
        row: dict[str, Any] = {"number": number + 1}
        try:
            if len(line) > MAXIMUM_LINE_BYTES:
                raise LineError(f"longer than {MAXIMUM_LINE_BYTES:,} bytes")
            row |= parse(line)._asdict()
        except LineError as error:
            row["error"] = str(error)
        rows.append(row)
    return pa.RecordBatch.from_pylist(rows, schema)


def _count(session: "SparkSession", file: Path, part: Path) -> LineCounts:
    frame = session.read.parquet(str(part))
    broken = frame.where("error IS NOT NULL").select("number", "error")
    examples = broken.orderBy("number").limit(EXAMPLES).collect()
    return LineCounts(
        file, frame.count(), broken.count(), [tuple(row) for row in examples]
    )


def _refuse_nameless_gzip(file: Path) -> None:
    if starts_with(file, GZIP_MAGIC) != (file.suffix == ".gz"):
        raise ValueError(
            f"{file}: Spark tells gzip by its name; expected a name that ends in .gz "
            "if, and only if, the file is packed"
        )


def _write(session: "SparkSession", directory: Path) -> None:
    """Write both tables, each a folder of files whose names follow the order."""
    interactions = session.sql(
        'SELECT "user", item, "day", rating FROM reviews ORDER BY "user", "day", item'
    )
    interactions.write.parquet(str(directory / INTERACTIONS_FILE))
    items = session.sql(
        "SELECT item, title, category, url FROM items "
        "SEMI JOIN reviews USING (item) ORDER BY item"
    )
    items.write.parquet(str(directory / ITEMS_FILE))
