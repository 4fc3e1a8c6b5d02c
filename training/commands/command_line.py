"""How every command line of the trainer starts and fails."""

import logging
import sys

import typer
from rich.console import Console


def run(app: typer.Typer) -> None:
    """Run a command line: log what happens, give expected errors no traceback.

    Args:
        app: Its commands. An expected error (ValueError, OSError) is printed to
            standard error and ends the process with status 1.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    for library in ("absl", "tensorflow"):
        logging.getLogger(library).setLevel(logging.WARNING)
    try:
        app()
    except (ValueError, OSError) as error:
        Console(stderr=True).print(f"[red]error:[/] {error}", highlight=False)
        sys.exit(1)
