"""Commands that write, check and try bundles."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from training.commands.options import FEATURES, RUNS, Extractor, Features, Runs

app = typer.Typer()
BundleFolder = Annotated[
    Path, typer.Argument(metavar="BUNDLE", help="Folder of the bundle.")
]
JsonFile = Path | None


@app.command()
def bundle(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Name of the bundle and its folder.")
    ],
    version: Annotated[str, typer.Option(help="Three numbers, such as 1.0.0.")],
    extractor: Extractor,
    aggregator: Annotated[
        Path,
        typer.Option(metavar="FILE", help="The aggregator.keras of a run."),
    ],
    features: Features = FEATURES,
    training: Annotated[
        JsonFile,
        typer.Option(
            metavar="FILE",
            help="The card's section `training`, by `python -m training card`. Without "
            "it, that of the bundle given as --extractor.",
        ),
    ] = None,
    metrics: Annotated[
        JsonFile,
        typer.Option(metavar="FILE", help="Metrics by name, by the same command."),
    ] = None,
    catalogue: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="A catalogue of your own categories."),
    ] = None,
    out: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Folder of bundles.")
    ] = RUNS / "models",
    runs: Runs = RUNS,
) -> None:
    """Write a bundle: models, card, labels, golden files; verified, then in place.

    Extractor, features and aggregator must belong together, by their records. A failed
    or killed export leaves the bundle that was there.
    """
    from export.bundle import BundleParts, write_bundle
    from export.bundle_inputs import read_metrics, read_training
    from export.lineage import origin_of
    from photo_interests.bundle.card import load_card
    from training.aggregators.loading import load_aggregator
    from training.features.feature_set import FeatureSet
    from training.photos.catalogue import HERE, load_catalogue
    from training.reports.measurement import measuring
    from training.runs import running_command

    feature_set = FeatureSet.load(features)
    section = read_training(training, extractor)
    commands = (*section.commands, running_command())
    parts = BundleParts(
        name=name,
        version=version,
        extractor=extractor,
        aggregator=load_aggregator(aggregator),
        features=feature_set.features[feature_set.rows("test")],
        origin=origin_of(aggregator, feature_set, runs),
        catalogue=load_catalogue(catalogue or HERE),
        training=section.model_copy(update={"commands": commands}),
        metrics=read_metrics(metrics),
    )
    with measuring("bundle", runs / "results") as values:
        written = write_bundle(parts, out)
        card = load_card(written)
        values["name"] = card.name
        values["files"] = {n: record.bytes for n, record in card.files.items()}
    typer.echo(f"wrote {written}")


@app.command()
def verify(bundle: BundleFolder) -> None:
    """Check everything about a bundle again; nothing is skipped.

    Exits with 1 where a check fails.
    """
    from export.verify import failures
    from export.verify import verify as run_checks

    results = run_checks(bundle)
    table = Table("check", "result", "found", title=str(bundle))
    for result in results:
        mark = "[green]passed[/]" if result.passed else "[red]FAILED[/]"
        table.add_row(result.name, mark, result.detail)
    Console().print(table)
    if failures(results):
        raise typer.Exit(1)


@app.command()
def held_out(
    bundle: BundleFolder,
    features: Features = FEATURES,
    number: Annotated[int, typer.Option(min=1, help="Number of users to show.")] = 3,
) -> None:
    """Predict with a bundle for test users, on the TFLite runtime; show tables."""
    from training.reports.held_out import held_out_tables
    from training.steps import load_data

    console = Console()
    for table in held_out_tables(bundle, *load_data(features), number):
        console.print(table.rich())
