"""Commands that convert single models, and time them."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from training.commands.options import FEATURES, RUNS, Features, Force, Runs

app = typer.Typer()


@app.command()
def extractor(
    name: Annotated[
        str, typer.Argument(metavar="CONFIG", help="Config of a fine-tuning run.")
    ] = "backbone_two_cores",
    calibration: Annotated[
        int, typer.Option(min=1, help="Training photos that set the int8 ranges.")
    ] = 300,
    compared: Annotated[
        int, typer.Option(min=1, help="Test photos to compare int8 with float on.")
    ] = 500,
    seed: Annotated[int, typer.Option(help="Seed of both draws.")] = 0,
    runs: Runs = RUNS,
    force: Force = False,
) -> None:
    """Convert a fine-tuned extractor: int8 with bytes at both ends, and float.

    Writes RUNS/extractors/CONFIG with both files and how alike their features are.
    """
    from export.extractor_step import extractor_step
    from export.recipes.recipe import Quantisation
    from training.reports.measurement import publish
    from training.workspace import Workspace

    place, how = Workspace(runs), Quantisation(calibration, compared, seed)
    record = extractor_step(place, name, how, force)
    publish(record, "extractor", place.results)
    typer.echo(f"wrote {place.extractors / name}")


@app.command()
def aggregators(
    trained: Annotated[
        list[Path],
        typer.Argument(metavar="RUN...", help="Runs with a trained aggregator.keras."),
    ],
    features: Features = FEATURES,
    out: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Gets a folder of files for each.")
    ] = RUNS / "exported",
    runs: Runs = RUNS,
) -> None:
    """Convert aggregators by themselves, compared with Keras from 1 to 4096 photos.

    Writes aggregator.tflite, and aggregator-int8.tflite where that is accurate.
    """
    from dataclasses import asdict

    from export.aggregator import export_aggregator, write_aggregator
    from training.aggregators.loading import load_aggregator
    from training.features.feature_set import FeatureSet
    from training.reports.measurement import measuring

    feature_set = FeatureSet.load(features)
    rows = feature_set.features[feature_set.rows("test")]
    with measuring("aggregator-parity", runs / "results") as values:
        proofs = values.setdefault("aggregators", {})
        for folder in trained:
            aggregator = load_aggregator(folder / "aggregator.keras")
            files = export_aggregator(aggregator, rows)
            write_aggregator(out / folder.name, files)
            proofs[folder.name] = asdict(files.proof)


@app.command()
def benchmark(
    extractor: Annotated[
        Path, typer.Argument(metavar="FILE", help="TFLite extractor to time.")
    ],
    reference: Annotated[
        Path, typer.Argument(metavar="FILE", help="TFLite extractor to compare with.")
    ],
    repeats: Annotated[int, typer.Option(min=1, help="Timed runs of each.")] = 100,
    runs: Runs = RUNS,
) -> None:
    """Time an extractor against another one, in turns, with 1 and 2 threads."""
    from dataclasses import asdict

    from export.benchmark import compare_latency
    from training.reports.measurement import measuring

    table = Table("threads", "median ms", "reference ms", "ratio")
    with measuring("extractor-latency", runs / "results") as values:
        compared = values.setdefault("comparisons", [])
        for threads in (1, 2):
            found = compare_latency(extractor, reference, threads, repeats)
            compared.append({**asdict(found), "ratio": found.ratio})
    for one in compared:
        numbers = (one["milliseconds"], one["reference_milliseconds"], one["ratio"])
        table.add_row(str(one["threads"]), *(f"{value:.3f}" for value in numbers))
    Console().print(table)
