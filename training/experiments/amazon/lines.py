"""Files of one record per line, read as a stream; broken lines are counted, not fatal.

Parquet and CSV files are read too, a row as a line of JSON with its columns for keys.
"""

import csv
import gzip
import itertools
import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

import pyarrow as pa
import pyarrow.parquet as pq

Record = TypeVar("Record")
GZIP_MAGIC = b"\x1f\x8b"
PARQUET_MAGIC = b"PAR1"
CSV_START = b"user_id,"
"""First column of the ratings of 2023."""
ROWS_AT_ONCE = 4096
MAXIMUM_LINE_BYTES = 16 * 2**20
"""A longer line is no record; it is skipped without being held in memory."""
EXAMPLES = 5
ENOUGH_TO_JUDGE = 1000
"""Lines after which a file of mostly broken ones is refused, not read to its end."""


class LineError(ValueError):
    """A line that holds no record as it should; the text says why."""


@dataclass
class LineCounts:
    """What became of the lines of a file.

    Attributes:
        path: The file.
        lines: All that were not empty.
        broken: Those without a record.
        examples: Number (from 1) and reason of the first broken ones.
    """

    path: Path
    lines: int = 0
    broken: int = 0
    examples: list[tuple[int, str]] = field(default_factory=list)

    def skip(self, number: int, reason: str) -> None:
        """Count a broken line and keep its reason if it is one of the first."""
        self.broken += 1
        if len(self.examples) < EXAMPLES:
            self.examples.append((number, reason))

    def check(self, most_broken: float) -> None:
        """Refuse a file of which too large a share is broken.

        Raises:
            ValueError: Naming the file, the share and the first broken lines.
        """
        if self.broken > most_broken * self.lines:
            shown = "; ".join(f"line {n}: {why}" for n, why in self.examples)
            raise ValueError(
                f"{self.path}: expected at most {most_broken:.1%} broken lines, "
                f"received {self.broken:,} of {self.lines:,}: {shown}"
            )


def read_records(
    path: Path,
    parse: Callable[[bytes], Record],
    counts: LineCounts,
    most_broken: float,
) -> Iterator[Record]:
    """Read a file line by line; memory does not grow with its length.

    Args:
        path: Lines or CSV, plain or gzip, or Parquet, recognised by its first bytes and
            not by its name.
        parse: Makes a record of a line or raises `LineError`.
        counts: Filled while reading.
        most_broken: Share of broken lines, of all read so far, that ends the reading.

    Raises:
        ValueError: More lines are broken than `most_broken` allows, a gzip file ends
            early (a half download would pass for the whole otherwise), or a CSV file
            has a quote that is not closed or a field of more than 128 KiB.
    """
    for number, line in enumerate(_json_lines(path), start=1):
        if not line.strip():
            continue
        counts.lines += 1
        try:
            if len(line) > MAXIMUM_LINE_BYTES:
                raise LineError(f"longer than {MAXIMUM_LINE_BYTES:,} bytes")
            record = parse(line.removesuffix(b"\n"))
        except LineError as error:
            counts.skip(number, str(error))
        else:
            yield record
        if counts.lines >= ENOUGH_TO_JUDGE and counts.broken:
            counts.check(most_broken)
    counts.check(most_broken)


def _json_lines(path: Path) -> Iterator[bytes]:
    if _starts_with(path, PARQUET_MAGIC):
        return _rows(path)
    lines = _lines(path)
    first = next(lines, b"")
    lines = itertools.chain([first], lines)
    return _csv_rows(lines, path) if first.startswith(CSV_START) else lines


def _csv_rows(lines: Iterator[bytes], path: Path) -> Iterator[bytes]:
    rows = csv.DictReader(line.decode("utf-8", "replace") for line in lines)
    try:
        for row in rows:
            numbers = {
                "rating": _number(row.get("rating")),
                "timestamp": _number(row.get("timestamp")),
            }
            yield json.dumps(row | numbers).encode()
    except csv.Error as error:
        raise ValueError(
            f"{path}: expected CSV, received up to line {rows.line_num}: {error}"
        ) from error


def _number(text: str | None) -> int | float | str | None:
    for kind in (int, float):
        try:
            return kind(text or "")
        except ValueError:
            pass
    return text


def _starts_with(path: Path, magic: bytes) -> bool:
    with path.open("rb") as file:
        return file.read(len(magic)) == magic


def _rows(path: Path) -> Iterator[bytes]:
    try:
        for batch in pq.ParquetFile(path).iter_batches(ROWS_AT_ONCE):
            for row in batch.to_pylist():
                yield json.dumps(row, default=str).encode()
    except pa.ArrowException as error:
        raise ValueError(f"{path}: expected a whole Parquet file: {error}") from error


def _lines(path: Path) -> Iterator[bytes]:
    packed = _starts_with(path, GZIP_MAGIC)
    try:
        with cast(BinaryIO, gzip.open(path)) if packed else path.open("rb") as file:
            while line := file.readline(MAXIMUM_LINE_BYTES + 1):
                if len(line) > MAXIMUM_LINE_BYTES:
                    _skip_rest(file, line)
                yield line
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise ValueError(f"{path}: expected a whole gzip file: {error}") from error


def _skip_rest(file: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = file.readline(MAXIMUM_LINE_BYTES)
