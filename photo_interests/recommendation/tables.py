"""Tables of products, row by row: CSV read strictly, and Parquet."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

Row = Mapping[str, Any]
"""Cells by column; under None those beyond the last column."""


def read_csv(table: Path, columns: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of a CSV file in UTF-8.

    Bytes that are no UTF-8 become lone surrogates, as in file names.

    Args:
        table: File of the table.
        columns: Columns it may have; the first is needed.

    Raises:
        ValueError: Another encoding, other columns, or a row without a
            clear end, so that rows would be lost; names the line.
    """
    content = table.read_bytes()
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ValueError(f"{table}: expected UTF-8, received UTF-16")
    text = content.decode("utf-8-sig", "surrogateescape")
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    while True:
        first_line = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ValueError(
                f"{table}, line {first_line}: expected a whole row, received one with "
                f"a quote or a character out of place ({error})"
            ) from error
        if header is None:
            header = cells
            check_columns(table, header, columns)
        elif cells:
            named: dict[Any, Any] = dict(zip(header, cells, strict=False))
            if len(cells) > len(header):
                named[None] = cells[len(header) :]
            yield named


def read_parquet(table: Path, columns: Sequence[str]) -> Iterator[Row]:
    """Yield the rows of a Parquet file.

    Args:
        table: File of the table.
        columns: Columns it may have; the first is needed.

    Raises:
        ValueError: `pyarrow` is not installed, no Parquet file, or other columns.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ValueError(
            f"{table}: reading Parquet needs pip install 'photo-interests[recommend]'"
        ) from error
    try:
        content = pyarrow.parquet.read_table(table)
    except (pyarrow.ArrowException, OSError) as error:
        raise ValueError(f"{table}: expected Parquet, received {error}") from error
    check_columns(table, content.column_names, columns)
    yield from content.to_pylist()


def check_columns(table: Path, received: Sequence[str], columns: Sequence[str]) -> None:
    """Check the columns of a table.

    Args:
        table: The file, for the error.
        received: Its columns.
        columns: Columns it may have; the first is needed.

    Raises:
        ValueError: An unknown column, one that comes twice, or none that is needed.
    """
    known = len(set(received)) == len(received) and set(received) <= set(columns)
    if not known or columns[0] not in received:
        raise ValueError(
            f"{table}: expected columns of {list(columns)}, {columns[0]!r} among "
            f"them, received {list(received)}"
        )
