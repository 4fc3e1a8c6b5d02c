"""`python -m training.experiments.amazon prepare`. Heavy imports wait until it runs."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from photo_interests.bundle import DEFAULT_BUNDLE
from photo_interests.cli import BundleOption
from photo_interests.console import reporting_errors, require_packages

app = typer.Typer()
ALL_CORES = "local[*]"


class Engine(StrEnum):
    """What reads files and pictures."""

    one_machine = "one-machine"
    spark = "spark"


@app.command(no_args_is_help=True)
def prepare(
    reviews: Annotated[
        list[Path],
        typer.Option(
            metavar="FILE",
            help="Reviews: .json, .json.gz or .parquet; repeat for more.",
        ),
    ],
    metadata: Annotated[
        list[Path],
        typer.Option(metavar="FILE", help="Metadata of their items, the same."),
    ],
    out: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Folder to write and to go on in.")
    ] = Path("runs/amazon"),
    engine: Annotated[
        Engine,
        typer.Option(help="This machine, or Apache Spark; the rows are the same."),
    ] = Engine.one_machine,
    master: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Of Spark: spark://HOST:7077, yarn, ...",
            show_default=f"{ALL_CORES}, all cores of this machine",
        ),
    ] = None,
    bundle: BundleOption = DEFAULT_BUNDLE,
    fetch: Annotated[
        bool,
        typer.Option(
            "--download/--no-download",
            help="Ask for the pictures that are not there yet, at the addresses of the "
            "metadata; or take those that are there.",
        ),
    ] = True,
    per_second: Annotated[
        float, typer.Option(min=0.01, help="Pictures asked for in a second.")
    ] = 5.0,
    categories: Annotated[
        int, typer.Option(min=1, help="The so many of most reviews stay.")
    ] = 1000,
    core: Annotated[
        int, typer.Option(min=1, help="Fewest reviews of a user and of an item.")
    ] = 5,
    fewest_items: Annotated[
        int, typer.Option(min=1, help="Users of fewer items are left out.")
    ] = 5,
    most_items: Annotated[
        int, typer.Option(min=1, help="Users of more items are left out.")
    ] = 40,
    most_broken: Annotated[
        float, typer.Option(min=0, max=1, help="Share of lines that may be broken.")
    ] = 0.01,
    apart: Annotated[
        bool, typer.Option(help="No picture stands in two splits, unlike the sources.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Of the splits of users.")] = 1,
    processes: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Pictures read at the same time by this machine.",
            show_default="one for each core",
        ),
    ] = None,
    memory_mb: Annotated[
        int, typer.Option(min=64, help="Of one machine's database; more goes to disk.")
    ] = 512,
) -> None:
    r"""Prepare a department of the Amazon product data to train on: users with photos.

    Reads reviews and metadata as their makers give them, in the layout of 2014 or of
    2018, or as Parquet with the same keys for columns; keeps the users and categories
    that the options ask for; downloads the items' pictures, politely; extracts their
    features by a bundle's extractor. In FOLDER are then histories (Parquet), pictures,
    extracted (Parquet, the features of every picture) and features, which `python -m
    training` takes by --features.

    [bold]On this machine:[/bold]

    python -m training.experiments.amazon prepare
    --reviews reviews_Home_and_Kitchen_5.json.gz
    --metadata meta_Home_and_Kitchen.json.gz

    [bold]On a Spark cluster, with pictures that are there:[/bold]

    python -m training.experiments.amazon prepare --reviews ... --metadata ...
    --out /shared/home --no-download --engine spark --master spark://HOST:7077

    Stopped or killed, the same command goes on where it was, on either engine. When
    all is done it does nothing, and when files, options or pictures have changed it
    does again only what they touch. A cluster's workers must see all files and FOLDER
    under the same paths, and have this package with its extra `train` installed.

    [bold]Exit status:[/bold] 0 when the features are there (pictures that are not
    are counted), 2 when something is missing or wrong, 130 when stopped.
    """
    with reporting_errors():
        packages = ("duckdb", "pandas", "pyarrow", "requests", "tenacity")
        require_packages("prepare", "train", *packages)
    import logging

    from photo_interests.bundle.location import locate_bundle
    from photo_interests.photos.processes import usable_cores
    from training.experiments.amazon.fetch import Manners
    from training.experiments.amazon.filters import Rules
    from training.experiments.amazon.histories import Source
    from training.experiments.amazon.prepare import Folders, Plan
    from training.experiments.amazon.prepare import prepare as do
    from training.experiments.amazon.whole import Readers, Selection

    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.getLogger("py4j").setLevel(logging.WARNING)
    with reporting_errors():
        if master is not None and engine is not Engine.spark:
            raise ValueError(f"--master {master}: expected --engine spark beside it")
        by = (master or ALL_CORES) if engine is Engine.spark else None
        plan = Plan(
            Source(reviews, metadata, most_broken),
            Rules(core, categories, fewest_items, most_items),
            Selection(fewest_items, apart, seed),
            Readers(locate_bundle(bundle), processes or usable_cores(), by),
            Manners(requests_per_second=per_second) if fetch else None,
            memory_mb,
        )
        folders = Folders(out)
        values = do(plan, folders)
    _report(values, folders.features)


def _report(values: dict[str, dict[str, Any]], features: Path) -> None:
    from rich.console import Console

    from training.experiments.amazon.report import (
        features_table,
        lines_table,
        pictures_table,
        sizes_table,
    )

    console = Console()
    for table in (
        lines_table(values["histories"]),
        sizes_table(values["histories"]),
        pictures_table(values["pictures"]),
        features_table(values["features"]),
    ):
        console.print(table.rich())
    typer.echo(f"next: python -m training aggregators --features {features}")
