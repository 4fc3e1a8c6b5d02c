"""Measures, and writes docs/BENCHMARKS.md and docs/SCALE.md."""

import logging
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from export.bench.settings import Settings

app = typer.Typer(help=__doc__, no_args_is_help=True)
logger = logging.getLogger(__name__)
DOCS = Path("docs")
MEASURED = Path("docs/benchmarks")
Runs = Annotated[Path, typer.Option(help="Measurements of a bench under way.")]
RUNS = Path("runs/bench")
Bundle = Annotated[Path, typer.Option(help="Whose models are timed.")]
BUNDLE = Path("models/everyday-178")
Data = Annotated[Path, typer.Option(help="Folder of the reference extractor.")]
DATA = Path("../shared/data")
Features = Annotated[Path, typer.Option(help="Feature set with its users.")]
FEATURES = Path("training/features/everyday-178")
Quick = Annotated[bool, typer.Option(help="Each thing once: only to see it run.")]


@app.command()
def all(
    runs: Runs = RUNS,
    out: Annotated[Path, typer.Option(help="Folder of the measurements.")] = MEASURED,
    docs: Annotated[Path, typer.Option(help="Folder of the pages.")] = DOCS,
    quick: Quick = False,
) -> None:
    """Measure every part and write both pages.

    A bench that was stopped goes on with the part it was in; one that has come to its
    end starts afresh. Run it where nothing else runs.
    """
    from export.bench.parts import PARTS
    from export.bench.write import write_pages

    command = [sys.executable, "-m", "export.bench", "part", "--runs", str(runs)]
    failed = []
    for number, name in enumerate(PARTS, start=1):
        if (runs / f"{name}.json").exists():
            continue
        typer.echo(f"{number} of {len(PARTS)}: {name}")
        done = subprocess.run([*command, name, *(["--quick"] if quick else [])])
        failed += [name] if done.returncode else []
    if failed:
        typer.echo(f"failed: {', '.join(failed)}; the others are kept", err=True)
        raise typer.Exit(1)
    out.mkdir(parents=True, exist_ok=True)
    for name in PARTS:
        shutil.copyfile(runs / f"{name}.json", out / f"{name}.json")
    write_pages(out, docs)
    shutil.rmtree(runs)


@app.command()
def part(
    name: Annotated[str, typer.Argument(help="A part of export/bench/parts.py.")],
    runs: Runs = RUNS,
    bundle: Bundle = BUNDLE,
    data: Data = DATA,
    features: Features = FEATURES,
    quick: Quick = False,
) -> None:
    """Measure one part, again if it is measured already."""
    from export.bench.machine import busy
    from export.bench.parts import part as part_named
    from training.reports.measurement import measuring

    measure = part_named(name)
    with measuring(name, runs, "make bench") as values:
        values["busy_before"] = busy()
        values.update(measure(Settings(bundle, data, features, quick)))


@app.command()
def pages(
    measured: Annotated[Path, typer.Option(help="Folder to read.")] = MEASURED,
    docs: Annotated[Path, typer.Option(help="Folder of the pages.")] = DOCS,
) -> None:
    """Write docs/BENCHMARKS.md and docs/SCALE.md from what was measured."""
    from export.bench.write import write_pages

    write_pages(measured, docs)


@app.command()
def throughput(
    bundle: Bundle = BUNDLE,
    runs: Annotated[Path, typer.Option(help="Folder of working files.")] = Path("runs"),
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


def main() -> None:
    """Run the command line."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    app()
