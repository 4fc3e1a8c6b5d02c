"""`python -m training.experiments.app`: measure the Android app."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from training.commands.command_line import run
from training.commands.options import RUNS, Runs
from training.experiments.app.shipped_bundle import app_bundle

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Measure the Android app, built by Gradle.",
)

Bundle = Annotated[Path, typer.Option(help="Bundle that reads.")]
ROOT = Path(__file__).parents[3]
BUNDLE = Path("models") / app_bundle(ROOT).name
FEATURES = Path("training/features/everyday-1105")
"""Of the extractor that everyday and everyday-1105 share."""


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


@app.command()
def search(
    runs: Runs = RUNS,
    photos: Annotated[int, typer.Option(min=2, help="In the gallery.")] = 100_000,
) -> None:
    """Time searches by words, similar photos and duplicates in a large gallery."""
    _measure("app-search", runs, ["measure", f"-Psearch={photos}"])


@app.command()
def mutations(
    runs: Runs = RUNS,
    photos: Annotated[
        int, typer.Option(min=500, help="To break and to read.")
    ] = 10_000,
) -> None:
    """Give the app's decoder broken files: each is read or refused, none crashes it."""
    _measure("app-mutations", runs, ["measure", f"-Pmutations={photos}"])


@app.command()
def parity(
    bundle: Bundle = BUNDLE,
    runs: Runs = RUNS,
    few: Annotated[
        bool,
        typer.Option(
            "--few", help="One photo of each kind; no measurement is written."
        ),
    ] = False,
) -> None:
    """Compare the app's features of drawn photos with Python's.

    The app's own code runs on this computer, with the real TFLite of its tests; the
    pictures are decoded by Skia for Linux and not by a phone.
    """
    from training.experiments.app.parity import compare_with_app
    from training.experiments.app.parity_photos import FEW
    from training.reports.measurement import measuring

    with tempfile.TemporaryDirectory() as folder:
        if few:
            found = compare_with_app(bundle, Path(folder), FEW)
        else:
            with measuring("app-parity", runs / "results") as values:
                values |= (found := compare_with_app(bundle, Path(folder)))
    typer.echo(
        f"{len(found['distances'])} photos compared: cosine distance "
        f"{found['maximum']:.6f} at most, {found['bound']:g} allowed; "
        f"not read there: {', '.join(found['not_read']) or 'none'}"
    )


@app.command()
def catalogues(
    bundle: Bundle = BUNDLE,
    features: Annotated[
        Path, typer.Option(help="Set of stored features, made by the same extractor.")
    ] = FEATURES,
) -> None:
    """Make the app's sample catalogue, and the one whose ranking it is held to.

    Both belong to a bundle: write them again with each new one.
    """
    from training.experiments.app.catalogues import (
        GOLDEN,
        SAMPLE,
        write_golden,
        write_sample,
    )

    typer.echo(f"{write_sample(bundle, SAMPLE)} drawn products in {SAMPLE}")
    typer.echo(f"{write_golden(bundle, features, GOLDEN)} items in {GOLDEN}")


@app.command("strongest-photos")
def strongest_photos(
    bundle: Bundle = BUNDLE,
    features: Annotated[
        Path, typer.Option(help="Set of stored features with its users.")
    ] = FEATURES,
    runs: Runs = RUNS,
) -> None:
    """Rank products by fewer photos than a gallery has; measure what is missed."""
    from training.experiments.app.strongest_photos import compare_strongest
    from training.reports.measurement import measuring

    with measuring("app-strongest-photos", runs / "results") as values:
        values |= compare_strongest(bundle, features)
    for photos, found in values["strongest"].items():
        typer.echo(
            f"{photos:>5} photos: {found['same']:.3f} of the products, "
            f"first one {found['first']:.3f}"
        )


@app.command()
def scan(
    bundle: Bundle = BUNDLE,
    runs: Runs = RUNS,
    photos: Annotated[int, typer.Option(min=1, help="In the gallery.")] = 1000,
) -> None:
    """Time a scan of drawn photos of several sizes, and a second one after it."""
    options = [f"-PbundleDirectory={bundle.resolve()}", f"-Pphotos={photos}"]
    _measure("app-scan", runs, ["measure", *options])


@app.command()
def kills(
    runs: Runs = RUNS,
    times: Annotated[int, typer.Option(min=1, help="Within one process.")] = 200,
) -> None:
    """Kill scans at random steps, and processes by SIGKILL, and check what is left.

    A scan of ten photos for each kill, in a database file; the extractor alone is not
    run. Fails where a photo is lost or read twice, or where the profile in the end is
    not that of an undisturbed scan.
    """
    _measure("app-kills", runs, [":library:measure", f"-Pkills={times}"])


@app.command("clean-build")
def clean_build(runs: Runs = RUNS) -> None:
    """Time `make app` in a fresh clone of the last commit, with every cache empty."""
    from training.experiments.app.clean_build import time_clean_build
    from training.reports.measurement import measuring

    with measuring("app-clean-build", runs / "results") as values:
        values["measured"] = time_clean_build(Path.cwd())
    typer.echo(f"{values['measured']['minutes']:.1f} minutes")


def _measure(name: str, runs: Path, tasks: list[str]) -> None:
    from training.experiments.app.gradle import run_gradle
    from training.reports.measurement import measuring

    with measuring(name, runs / "results") as values:
        values["measured"] = run_gradle(tasks)
    for what, value in values["measured"].items():
        typer.echo(f"{what:40} {value:,g}")


if __name__ == "__main__":
    run(app)
