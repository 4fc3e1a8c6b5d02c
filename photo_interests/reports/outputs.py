"""Where a command writes its reports: a table on stdout, JSON, an HTML page."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from photo_interests.output_file import OutputFile

if TYPE_CHECKING:
    from rich.table import Table

STDOUT = Path("-")


@dataclass(frozen=True)
class Outputs:
    """The outputs of a command.

    Attributes:
        html: File for the page, if any.
        json: File for the JSON, if any.
        json_on_stdout: Whether to print the JSON.
        table: Whether to print the table: only where nothing else is printed.
    """

    html: OutputFile | None
    json: OutputFile | None
    json_on_stdout: bool
    table: bool

    @classmethod
    def open(cls, html: Path | None, json: Path | None) -> "Outputs":
        """Check the files before the photos are read, which can take an hour.

        Args:
            html: File for the page, if any.
            json: File for the JSON, if any; `-` prints it instead of the table.

        Raises:
            ValueError: A file cannot or must not be written; names it.
        """
        if html == STDOUT:
            raise ValueError("--html -: expected a file, received standard output")
        on_stdout = json == STDOUT
        page = None if html is None else OutputFile.check(html)
        data = None if json is None or on_stdout else OutputFile.check(json)
        printed = [file for file in (page, data) if file and file.is_standard_output()]
        is_same = page and data and page.target == data.target
        if is_same or len(printed) + on_stdout > 1:
            raise ValueError(f"{html}: expected two files for --html and --json")
        return cls(page, data, on_stdout, table=not on_stdout and not printed)

    def write(
        self,
        make_table: Callable[[], "Table"],
        make_json: Callable[[], bytes],
        make_html: Callable[[], str],
    ) -> None:
        """Write the outputs; each is made only if it is written."""
        if self.json_on_stdout:
            typer.echo(make_json(), nl=False)
        elif self.json is not None:
            self.json.write(make_json())
        if self.html is not None:
            self.html.write(make_html())
        if self.table:
            from rich.console import Console

            Console().print(make_table())
