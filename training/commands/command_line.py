"""How every command line of the trainer starts and fails."""

import logging

import typer

from photo_interests import console


def run(app: typer.Typer) -> None:
    """Run a command line: log what happens, give expected errors no traceback.

    Args:
        app: Its commands. An expected error (ValueError, OSError) is printed to
            standard error and ends the process with exit code 2.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    for library in ("absl", "tensorflow"):
        logging.getLogger(library).setLevel(logging.WARNING)
    console.run(app)
