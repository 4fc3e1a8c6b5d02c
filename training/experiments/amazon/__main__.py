"""`python -m training.experiments.amazon`: Amazon's files to features and users."""

import shutil
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console

from training.commands.command_line import run
from training.commands.options import RUNS, Runs
from training.experiments.amazon import prepare_command

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="From the files of the Amazon product data to features and users.",
)
app.add_typer(prepare_command.app)
HISTORIES = RUNS / "amazon" / "histories"
PICTURES = RUNS / "amazon" / "pictures"
FEATURES = RUNS / "amazon" / "features"
LISTED = 1000
"""Pictures that are not there, listed by address in the measurement."""
Engine = Annotated[
    Literal["one-machine", "spark"],
    typer.Option(help="This machine, or Apache Spark (`pip install '.[spark]'`)."),
]
Master = Annotated[
    str,
    typer.Option(
        help="Of Spark: local[*], or a cluster's URL. All its workers must see the "
        "files and folders under the same paths and have this package installed."
    ),
]
LOCAL = "local[*]"
Histories = Annotated[Path, typer.Option(help="Folder of amazon-histories.")]
Pictures = Annotated[Path, typer.Option(help="Folder of amazon-pictures.")]


@app.command()
def histories(
    reviews: Annotated[
        list[Path],
        typer.Option(help="Review file: plain, gzip or Parquet; may be repeated."),
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
    engine: Engine = "one-machine",
    master: Master = LOCAL,
    runs: Runs = RUNS,
) -> None:
    """Read Amazon reviews and metadata of 2014 or 2018 into users' histories.

    The data sets are named in README, "The Amazon data"; nothing is downloaded here.
    Both engines give the same rows.
    """
    from training.experiments.amazon.filters import Rules
    from training.experiments.amazon.histories import Source, write_histories
    from training.experiments.amazon.report import (
        histories_values,
        lines_table,
        sizes_table,
    )
    from training.reports.measurement import measuring

    rules = Rules(core, categories, fewest_items, most_items)
    source = Source(reviews, metadata, most_broken)
    with measuring("amazon-histories", runs / "results") as values:
        if engine == "spark":
            from training.experiments.amazon.spark_histories import (
                write_histories_by_spark,
            )

            sizes, counts = write_histories_by_spark(master, source, rules, out)
        else:
            sizes, counts = write_histories(source, rules, out, memory_mb)
        values.update(histories_values(sizes, counts))
    console = Console()
    console.print(lines_table(values).rich())
    console.print(sizes_table(values).rich())
    typer.echo(f"wrote {out}")


@app.command()
def pictures(
    histories: Histories = HISTORIES,
    pictures: Pictures = PICTURES,
    per_second: Annotated[float, typer.Option(min=0.01, help="Requests.")] = 5.0,
    connections: Annotated[int, typer.Option(min=1, max=32)] = 4,
    attempts: Annotated[int, typer.Option(min=1, help="For a picture.")] = 5,
    timeout_seconds: Annotated[float, typer.Option(min=0.1)] = 20.0,
    most: Annotated[
        int | None, typer.Option(min=1, help="The first so many items only.")
    ] = None,
    runs: Runs = RUNS,
) -> None:
    """Download the pictures of the items, politely; a second run goes on.

    The addresses come from the metadata. What is missing, and why, is told at the end
    and stands in results/amazon-pictures.json.
    """
    from training.experiments.amazon.fetch import Fetcher, Manners
    from training.experiments.amazon.histories import load_histories
    from training.experiments.amazon.pictures import download, outcomes
    from training.experiments.amazon.report import pictures_table, pictures_values
    from training.reports.measurement import measuring

    urls = load_histories(histories).items["url"].tolist()[:most]
    manners = Manners(
        requests_per_second=per_second,
        connections=connections,
        attempts=attempts,
        timeout_seconds=timeout_seconds,
    )
    with measuring("amazon-pictures", runs / "results") as values:
        download(urls, pictures, Fetcher(manners, "photo-interests (research)"))
        values.update(pictures_values(outcomes(urls, pictures), LISTED))
    Console().print(pictures_table(values).rich())


@app.command()
def features(
    histories: Histories = HISTORIES,
    pictures: Pictures = PICTURES,
    bundle: Annotated[Path, typer.Option(help="Whose extractor reads.")] = Path(
        "models/everyday-178"
    ),
    out: Annotated[Path, typer.Option(help="Feature set to write.")] = FEATURES,
    apart: Annotated[
        bool, typer.Option(help="No item stands in two splits, unlike the sources.")
    ] = False,
    fewest_items: Annotated[int, typer.Option(min=1, help="Of a user.")] = 5,
    processes: Annotated[int, typer.Option(min=1, help="Of this machine.")] = 2,
    seed: Annotated[int, typer.Option(help="Of the splits.")] = 1,
    engine: Engine = "one-machine",
    master: Master = LOCAL,
    runs: Runs = RUNS,
) -> None:
    """Extract the pictures' features and write them with the shoppers as users.

    Both engines give the same features, and each goes on where the other was stopped.

    Then `aggregators`, `compare` and `future` take the folder by --features.
    """
    from training.experiments.amazon.report import features_table
    from training.experiments.amazon.whole import Readers, Selection, make_features
    from training.reports.measurement import measuring

    readers = Readers(bundle, processes, master if engine == "spark" else None)
    selection = Selection(fewest_items, apart, seed)
    store = out.with_name(f".{out.name}.checkpoints")
    command = "python -m training.experiments.amazon features"
    with measuring("amazon-features", runs / "results") as values:
        values.update(
            make_features(histories, pictures, readers, selection, store, out, command)
        )
    shutil.rmtree(store)
    Console().print(features_table(values).rich())


if __name__ == "__main__":
    run(app)
