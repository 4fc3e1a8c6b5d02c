"""Measures how fast the released models and commands are."""

import importlib
import logging
import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from export.bench.paired import Settings

PARTS = ("machine", "extractors", "aggregators", "interests", "reading", "growth")
"""Modules of this package that have a function `measure`."""


def bench(
    parts: Annotated[
        list[str] | None, typer.Argument(help=f"Of {', '.join(PARTS)}; all of them.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder of the measurements.")] = Path(
        "docs/benchmarks"
    ),
    bundle: Annotated[Path, typer.Option(help="Bundle whose models are timed.")] = Path(
        "models/everyday-178"
    ),
    data: Annotated[
        Path, typer.Option(help="Folder of the reference extractor.")
    ] = Path("../shared/data"),
    features: Annotated[Path, typer.Option(help="Feature set with its users.")] = Path(
        "training/features/everyday-178"
    ),
    quick: Annotated[
        bool, typer.Option("--quick", help="Time each thing once, to see it run.")
    ] = False,
) -> None:
    """Measure parts of the bench; each writes a file. Run it where nothing else runs.

    Raises:
        ValueError: There is no such part.
    """
    from training.reports.measurement import measuring

    wanted = parts or list(PARTS)
    if unknown := sorted(set(wanted) - set(PARTS)):
        raise ValueError(f"parts: expected some of {PARTS}, received {unknown}")
    if (
        len(wanted) > 1
    ):  # each in a process of its own: memory peaks, TensorFlow's threads
        options = ["--out", out, "--bundle", bundle, "--data", data]
        options += ["--features", features, *(["--quick"] if quick else [])]
        for name in wanted:
            command = [sys.executable, "-m", "export.bench", name, *map(str, options)]
            subprocess.run(command, check=True)
        return
    (name,) = wanted
    settings = Settings(bundle, data, features, quick)
    with measuring(name, out) as values:
        values |= importlib.import_module(f"export.bench.{name}").measure(settings)
    typer.echo(f"wrote {out / name}.json")


def main() -> None:
    """Run the command line."""
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    typer.run(bench)
