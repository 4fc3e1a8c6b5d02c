"""Commands from the files of the Amazon data to features and users."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from training.commands.options import RUNS, Runs

app = typer.Typer()
HISTORIES = RUNS / "amazon" / "histories"
Histories = Annotated[Path, typer.Option(help="Folder of amazon-histories.")]


@app.command()
def amazon_histories(
    reviews: Annotated[
        list[Path], typer.Option(help="Review file, plain or gzip; may be repeated.")
    ],
    metadata: Annotated[
        list[Path], typer.Option(help="Metadata file, the same; may be repeated.")
    ],
    out: Annotated[Path, typer.Option(help="Folder to write.")] = HISTORIES,
    categories: Annotated[int, typer.Option(min=1, help="How many stay.")] = 1000,
    core: Annotated[
        int, typer.Option(min=1, help="Fewest reviews of a user and of an item.")
    ] = 5,
    fewest_items: Annotated[int, typer.Option(min=1, help="Of a user.")] = 5,
    most_items: Annotated[int, typer.Option(min=1, help="Of a user.")] = 40,
    most_broken: Annotated[
        float, typer.Option(min=0, max=1, help="Share of lines that may be broken.")
    ] = 0.01,
    memory_mb: Annotated[
        int, typer.Option(min=64, help="Of the database; more goes to the disk.")
    ] = 512,
    runs: Runs = RUNS,
) -> None:
    """Read Amazon reviews and metadata of 2014 or 2018 into users' histories.

    The data sets are named in README, "The Amazon data"; nothing is downloaded here.
    """
    from training.amazon.filters import Rules
    from training.amazon.histories import Source, write_histories
    from training.amazon.report import histories_values, lines_table, sizes_table
    from training.reports.measurement import measuring

    rules = Rules(core, categories, fewest_items, most_items)
    source = Source(reviews, metadata, most_broken)
    with measuring("amazon-histories", runs / "results") as values:
        sizes, counts = write_histories(source, rules, out, memory_mb)
        values.update(histories_values(sizes, counts))
    console = Console()
    console.print(lines_table(counts).rich())
    console.print(sizes_table(sizes).rich())
    typer.echo(f"wrote {out}")
