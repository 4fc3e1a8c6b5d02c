"""A table for the terminal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import rich.table


@dataclass(frozen=True)
class Table:
    """Text in rows and columns; the first column is aligned left, others right.

    Attributes:
        title: What it shows.
        columns: Headings.
        rows: Cells.
    """

    title: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(
                    f"table {self.title!r}: expected {len(self.columns)} cells, "
                    f"received {row}"
                )

    def rich(self) -> rich.table.Table:
        """The table for a terminal."""
        table = rich.table.Table(title=self.title, title_justify="left")
        for i, column in enumerate(self.columns):
            table.add_column(column, justify="left" if i == 0 else "right")
        for row in self.rows:
            table.add_row(*row)
        return table


def with_interval(interval: Mapping[str, Any], digits: int = 3) -> str:
    """Write a value and its interval, such as `0.947 (0.941 to 0.953)`."""
    value, low, high = (
        f"{interval[key]:.{digits}f}" for key in ("value", "low", "high")
    )
    return f"{value} ({low} to {high})"
