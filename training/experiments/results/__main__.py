"""`python -m training.experiments.results`: docs/RESULTS.md and its figures."""

from pathlib import Path
from typing import Annotated

import typer

from training.commands.command_line import run
from training.commands.options import RUNS

app = typer.Typer(pretty_exceptions_enable=False)


@app.command()
def results(
    source: Annotated[
        Path, typer.Option("--from", help="Folder of measurements.")
    ] = RUNS / "results",
    docs: Annotated[Path, typer.Option(help="Folder to write to.")] = Path("docs"),
) -> None:
    """Write docs/RESULTS.md and its figures from measurements alone."""
    from training.experiments.results.results import write_results

    typer.echo(f"wrote {write_results(source, docs)}")


if __name__ == "__main__":
    run(app)
