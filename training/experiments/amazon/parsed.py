"""Review and metadata files as Parquet: parsed once, for DuckDB and Spark alike."""

import itertools
import json
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from photo_interests.files import writing
from training.experiments.amazon.lines import LineCounts, read_records
from training.experiments.amazon.records import Item, parse_item, parse_review

logger = logging.getLogger(__name__)
ROWS_AT_ONCE = 20_000
COUNTS = b"line counts"
"""Key of the Parquet file's metadata."""
REVIEWS = pa.schema(
    [
        ("user", pa.string()),
        ("item", pa.string()),
        ("day", pa.int32()),
        ("rating", pa.float32()),
    ]
)
ITEMS = pa.schema([(name, pa.string()) for name in Item._fields])
PARSERS: dict[pa.Schema, Callable[[bytes], NamedTuple]] = {
    REVIEWS: parse_review,
    ITEMS: parse_item,
}


class Parsed(NamedTuple):
    """Parsed files.

    Attributes:
        paths: A Parquet file for each file.
        counts: What became of the lines of each.
    """

    paths: list[Path]
    counts: list[LineCounts]


def parse_files(
    files: Sequence[Path], schema: pa.Schema, folder: Path, most_broken: float
) -> Parsed:
    """Parse files that are not parsed yet; memory does not grow with their length.

    Args:
        files: Reviews or metadata, in any layout.
        schema: `REVIEWS` or `ITEMS`.
        folder: Gets the Parquet files.
        most_broken: Share of broken lines above which a file is refused.

    Raises:
        ValueError: A file has more broken lines, or is not whole.
    """
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"{number}.parquet" for number in range(len(files))]
    for file, path in zip(files, paths, strict=True):
        if not path.exists():
            _parse(file, schema, path, most_broken)
    return Parsed(paths, [_counts(*pair) for pair in zip(files, paths, strict=True)])


def _parse(file: Path, schema: pa.Schema, path: Path, most_broken: float) -> None:
    counts = LineCounts(file)
    records = read_records(file, PARSERS[schema], counts, most_broken)
    with writing(path) as temporary, pq.ParquetWriter(temporary, schema) as writer:
        while rows := list(itertools.islice(records, ROWS_AT_ONCE)):
            columns = [
                pa.array(column, field.type)
                for column, field in zip(zip(*rows, strict=True), schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))
        counted = json.dumps([counts.lines, counts.broken, counts.examples])
        writer.add_key_value_metadata({COUNTS: counted.encode()})
    logger.info("%s: %d lines, %d broken", file.name, counts.lines, counts.broken)


def _counts(file: Path, path: Path) -> LineCounts:
    lines, broken, examples = json.loads(pq.read_metadata(path).metadata[COUNTS])
    return LineCounts(file, lines, broken, [tuple(example) for example in examples])
