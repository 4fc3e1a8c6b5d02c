"""Commands that time the product and write what is known of it."""

from pathlib import Path
from typing import Annotated

import typer

from training.commands.options import (
    RUNS,
    Runs,
)

app = typer.Typer()


@app.command()
def throughput(
    bundle: Annotated[Path, typer.Option(help="Bundle that reads.")] = Path(
        "models/everyday-178"
    ),
    runs: Runs = RUNS,
) -> None:
    """Time `photo-interests predict` on 12-megapixel photos against a plain loop."""
    from export.bench.photo_reading import HEIGHT, WIDTH, compare_speeds
    from photo_interests.photos.processes import usable_cores
    from training.reports.measurement import measuring

    with measuring("predict-throughput", runs / "results") as values:
        speeds = compare_speeds(bundle, photos=96, repeats=5)
        values |= {
            "photos": speeds.photos,
            "megapixels": round(WIDTH * HEIGHT / 1e6),
            "processes": usable_cores(),
            "photos_per_second": speeds.ours,
            "plain_photos_per_second": speeds.plain,
            "ratio": speeds.ratio,
        }


@app.command()
def card(
    runs: Runs = RUNS,
    config: Annotated[
        str, typer.Option(help="Of the fine-tuning run, or of a faster extractor.")
    ] = ("backbone_two_cores"),
) -> None:
    """Gather what the card says of training: card/training.json, card/metrics.json."""
    from training.reports.card_inputs import write_card_inputs

    results, table = runs / "results", runs / "photos.parquet"
    write_card_inputs(results, table, config, runs / "card")


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
