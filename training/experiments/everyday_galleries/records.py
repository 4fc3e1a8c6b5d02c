"""Options of the commands of this experiment, and the files that they write."""

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from training.galleries import benchmark as measuring

HERE = Path(__file__).parent
DATA, CACHE = Path("../shared/data"), Path("runs/everyday")
Data = Annotated[Path, typer.Option(help="Photo sets and pretrained weights.")]
Cache = Annotated[Path, typer.Option(help="Folder for extracted features.")]


def write_results(path: Path, values: dict[str, Any]) -> None:
    """Write strict JSON, sorted, with null for the mean of nothing."""
    plain = measuring.without_nan(values)
    text = json.dumps(plain, indent=1, sort_keys=True, allow_nan=False)
    temporary = path.with_suffix(".part")
    temporary.write_text(text + "\n", encoding="utf-8")
    temporary.replace(path)


def echo_measured(name: str, measured: dict[str, Any]) -> None:
    """Print one system's numbers on the galleries of a size."""
    words = ("shown", "precision", "false", "fits_nameable", "ece")
    row = "  ".join(f"{word} {measured[word]['value']:.2f}" for word in words)
    strong = measured.get("strong")
    end = f"  strong shown {strong['all'][0]:.2f}" if strong else ""
    typer.echo(f"{name:40s} {row}{end}")
