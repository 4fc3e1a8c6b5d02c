"""Where a command writes its reports: a table on stdout, JSON, an HTML page."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from photo_interests.files import write_atomically

if TYPE_CHECKING:
    from rich.table import Table

STDOUT = Path("-")


@dataclass(frozen=True)
class Outputs:
    """The files a command was asked to write.

    Attributes:
        html: File for the page, if any.
        json: File for the JSON, if any; `-` prints it instead of the table.
    """

    html: Path | None
    json: Path | None

    def check(self) -> None:
        """Check the files before the photos are read, which can take an hour.

        Raises:
            ValueError: A file cannot be written; names it.
        """
        check_output(self.html)
        if self.json != STDOUT:
            check_output(self.json)

    def write(
        self,
        make_table: Callable[[], "Table"],
        make_json: Callable[[], bytes],
        make_html: Callable[[], str],
    ) -> None:
        """Write what was asked for; each is made only if it is written."""
        if self.json == STDOUT:
            typer.echo(make_json(), nl=False)
        elif self.json is not None:
            write_atomically(self.json, make_json())
        if self.html is not None:
            write_atomically(self.html, make_html())
        if self.json != STDOUT:
            from rich.console import Console

            Console().print(make_table())


def check_output(path: Path | None) -> None:
    """Check that a file can be written.

    Raises:
        ValueError: It is a folder, or its folder is missing or read-only.
    """
    if path is None:
        return
    if path == STDOUT:
        raise ValueError("-: expected a file for the page, received standard output")
    if path.is_dir():
        raise ValueError(f"{path}: expected a file to write, received a folder")
    if not os.access(path.parent, os.W_OK):
        raise ValueError(f"{path}: expected a folder that can be written to")
