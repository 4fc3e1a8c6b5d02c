"""`python -m training`: from labelled photos to trained, measured networks."""

import logging
import sys

import typer
from rich.console import Console

from training.commands import (
    aggregator_steps,
    extractor_steps,
    report_steps,
    vocabulary_steps,
)
from training.experiments.aggregator_family import commands as family_steps
from training.experiments.amazon import commands as amazon_steps
from training.experiments.app import commands as app_steps
from training.experiments.recommenders import commands as ranker_steps
from training.experiments.robustness import commands as robustness_steps

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="""Train and measure the networks. Each step reads what the one before wrote.

    photos -> pixels -> backbone -> (export extractor) -> features -> users ->
    aggregators -> compare -> results

    A step that was killed goes on where it stopped when it is started again.
    """,
)


@app.callback()
def _set_up() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    for library in ("absl", "tensorflow"):
        logging.getLogger(library).setLevel(logging.WARNING)


for _part in (
    extractor_steps,
    aggregator_steps,
    family_steps,
    ranker_steps,
    amazon_steps,
    vocabulary_steps,
    report_steps,
    robustness_steps,
    app_steps,
):
    app.add_typer(_part.app)


def main() -> None:
    """Run the command line; what a user can mend is told without a traceback."""
    try:
        app()
    except (ValueError, OSError) as error:
        Console(stderr=True).print(f"[red]error:[/] {error}", highlight=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
