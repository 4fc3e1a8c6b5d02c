"""Commands that measure the Android app."""

from pathlib import Path
from typing import Annotated

import typer

from training.commands.options import RUNS, Runs

app = typer.Typer(
    name="app", no_args_is_help=True, help="Measure the Android app, built by Gradle."
)


@app.command()
def package(
    runs: Runs = RUNS,
    abi: Annotated[str, typer.Option(help="Of the phones.")] = "arm64-v8a",
) -> None:
    """Build the release for one ABI, check it, and list what is in it."""
    _measure("app-package", runs, ["apkCheck", f"-Pabi={abi}"])


@app.command()
def gallery(
    runs: Runs = RUNS,
    photos: Annotated[int, typer.Option(min=2, help="In the gallery.")] = 100_000,
) -> None:
    """Time start, change and rescan of a large gallery that was read before."""
    _measure("app-gallery", runs, ["measure", f"-Pgallery={photos}"])


def _measure(name: str, runs: Path, tasks: list[str]) -> None:
    from training.reports.gradle import run_gradle
    from training.reports.measurement import measuring

    with measuring(name, runs / "results") as values:
        values["measured"] = run_gradle(tasks)
    for what, value in values["measured"].items():
        typer.echo(f"{what:40} {value:,g}")
