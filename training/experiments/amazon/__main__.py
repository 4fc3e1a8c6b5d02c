"""`python -m training.experiments.amazon`: Amazon's files to features and users."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from training.commands.command_line import run
from training.commands.options import RUNS

app = typer.Typer(pretty_exceptions_enable=False)
ALL_CORES = "local[*]"


class EngineName(StrEnum):
    """What filters reviews and reads pictures."""

    one_machine = "one-machine"
    spark = "spark"


@app.callback()
def describe() -> None:
    """From the files of the Amazon product data to features and users."""


@app.command(no_args_is_help=True)
def prepare(
    reviews: Annotated[
        list[Path],
        typer.Option(help="Reviews: JSON lines or CSV, plain or .gz, or Parquet."),
    ],
    metadata: Annotated[
        list[Path],
        typer.Option(help="Metadata of the items; both options may be repeated."),
    ],
    out: Annotated[Path, typer.Option(help="Folder to write.")] = RUNS / "amazon",
    engine: Annotated[
        EngineName,
        typer.Option(help="This machine, or Apache Spark; the rows are the same."),
    ] = EngineName.one_machine,
    master: Annotated[
        str | None,
        typer.Option(
            help="URL of Spark: spark://HOST:7077, yarn, ...", show_default=ALL_CORES
        ),
    ] = None,
    bundle: Annotated[
        Path, typer.Option(help="Bundle whose extractor reads the pictures.")
    ] = Path("models/everyday-178"),
    download: Annotated[
        bool,
        typer.Option(help="Whether to request pictures that are not there yet."),
    ] = True,
    local_pictures: Annotated[
        Path | None,
        typer.Option(
            help="Folder of pictures named ITEM.jpg, used before any request."
        ),
    ] = None,
    per_second: Annotated[
        float, typer.Option(min=0.01, help="Pictures requested per second.")
    ] = 5.0,
    connections: Annotated[
        int, typer.Option(min=1, max=32, help="Number of connections.")
    ] = 4,
    attempts: Annotated[int, typer.Option(min=1, help="Attempts for one picture.")] = 5,
    categories: Annotated[
        int, typer.Option(min=1, help="Categories that stay, those of most reviews.")
    ] = 1000,
    core: Annotated[
        int, typer.Option(min=1, help="Fewest reviews of a user and of an item.")
    ] = 5,
    fewest_items: Annotated[
        int, typer.Option(min=1, help="Fewest items of a user.")
    ] = 5,
    most_items: Annotated[int, typer.Option(min=1, help="Most items of a user.")] = 40,
    most_broken: Annotated[
        float, typer.Option(min=0, max=1, help="Share of lines that may be broken.")
    ] = 0.01,
    apart: Annotated[
        bool, typer.Option(help="No picture is in two splits, unlike in the paper.")
    ] = False,
    first_stage: Annotated[
        float | None,
        typer.Option(
            min=0.01,
            max=0.99,
            help="Share of the users whose pictures fine-tune an extractor; OUT then "
            "has them in first-stage.",
            show_default="none",
        ),
    ] = None,
    seed: Annotated[int, typer.Option(help="Seed of the splits of users.")] = 1,
    processes: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Processes of this machine that read pictures.",
            show_default="one per core",
        ),
    ] = None,
    memory_mb: Annotated[
        int, typer.Option(min=64, help="Memory of the database in MB; then the disk.")
    ] = 512,
) -> None:
    """Prepare a department of the Amazon product data: users with photos.

    Reads reviews and metadata in the layout of 2014, 2018 or 2023, recognised by their
    content; keeps the users and categories that the options ask for; downloads the
    items' pictures, politely; extracts their features with a bundle's extractor. OUT
    then has histories (Parquet), pictures, extracted (the features of every picture)
    and features, which `python -m training` takes by --features.

    Given again, the command resumes where it was stopped, with either engine, and
    repeats only what changed files, options or pictures touch. All workers of a cluster
    must see the files and OUT under the same paths and have this package installed.

        python -m training.experiments.amazon prepare
            --reviews reviews_Home_and_Kitchen_5.json.gz
            --metadata meta_Home_and_Kitchen.json.gz
    """
    from photo_interests.photos.processes import usable_cores
    from training.experiments.amazon.fetch import FetchPolicy
    from training.experiments.amazon.filters import Rules
    from training.experiments.amazon.histories import Source
    from training.experiments.amazon.prepare import Plan, Selection
    from training.experiments.amazon.prepare import prepare as run_steps
    from training.experiments.amazon.report import tables

    if master is not None and engine is not EngineName.spark:
        raise ValueError(f"--master {master}: expected --engine spark beside it")
    policy = FetchPolicy(
        requests_per_second=per_second, connections=connections, attempts=attempts
    )
    plan = Plan(
        source=Source(reviews, metadata, most_broken),
        rules=Rules(core, categories, fewest_items, most_items),
        selection=Selection(fewest_items, apart, seed, first_stage),
        bundle=bundle,
        policy=policy if download else None,
        local_pictures=local_pictures,
        processes=processes or usable_cores(),
        master=(master or ALL_CORES) if engine is EngineName.spark else None,
        memory_mb=memory_mb,
    )
    console = Console()
    for table in tables(run_steps(plan, out)):
        console.print(table.rich())
    if first_stage is not None:
        typer.echo(f"next: python -m training photos --own-set {out / 'first-stage'}")
    typer.echo(f"next: python -m training aggregators --features {out / 'features'}")


if __name__ == "__main__":
    run(app)
