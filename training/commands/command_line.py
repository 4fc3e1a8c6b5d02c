"""How every command line of the trainer starts."""

import logging

import typer

from photo_interests import console


def run(app: typer.Typer) -> None:
    """Run a command line, log what happens and exit.

    Args:
        app: Its commands; expected errors are reported as those of `photo-interests`.
    """
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    for library in ("absl", "py4j", "tensorflow"):
        logging.getLogger(library).setLevel(logging.WARNING)
    console.run(app)
