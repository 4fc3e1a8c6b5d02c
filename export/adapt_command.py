"""`python -m export adapt`. TensorFlow waits until it runs."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from photo_interests.console import reporting_errors, require_packages

if TYPE_CHECKING:
    from training.adapter.fit_adapter import Trial

app = typer.Typer()
REFUSED = 1
ADAPTED = "everyday-178"
"""An adapter is of photo evidence over labelled categories alone."""


@app.command(no_args_is_help=True)
def adapt(
    users: Annotated[
        Path, typer.Argument(metavar="USERS", help="Table of users, .csv or .parquet.")
    ],
    out: Annotated[
        Path,
        typer.Option(metavar="FOLDER", help="Bundle to write, beside the old one."),
    ],
    bundle: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Bundle to adapt.",
            show_default=ADAPTED,
        ),
    ] = None,
    features: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE.npy",
            help="Stored features (photos, dimension); `photo` is then a row number.",
        ),
    ] = None,
    aggregator: Annotated[
        Path,
        typer.Option(metavar="FILE", help="The aggregator that the bundle holds."),
    ] = Path("runs/aggregators/photo_evidence/aggregator.keras"),
    catalogue: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="The bundle's catalogue, if it has one of its own.",
        ),
    ] = None,
) -> None:
    r"""Adapt a bundle to your own users: what they like, and what they like together.

    USERS has the columns user, photo and category. A row names a photo of a user (a
    path beside the table), an interest of a user (an id of the bundle), or a photo
    and the interest on it. Use photos that the bundle was not trained on: all of your
    own, for everyday-178.

    Every fifth of the users is held out in turn. Where the others' adapter does not
    rank their interests better by more than chance, no bundle is written. What it
    learns is your population: among other people an adapted bundle can be much worse
    than the universal one, which stays as it is.

    python -m export adapt users.csv --out models/ours

    **Exit status:** 0 when a bundle was written, 1 when refused, 2 when
    something is missing or wrong.
    """
    with reporting_errors():
        require_packages("adapt", "train", "tensorflow", "pandas", "scipy")
        if not users.exists():  # before TensorFlow starts, which takes seconds
            raise FileNotFoundError(f"no such file: {users}")
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    from export.adapt import RefusedError, adapt_bundle, own_users, read_features
    from photo_interests.bundle.location import find_bundle
    from training.photos.catalogue import HERE

    with reporting_errors():
        universal = bundle or find_bundle(ADAPTED)
        own = own_users(users, universal)
        photos = read_features(own, users, universal, features)
        try:
            trial = adapt_bundle(
                own, photos, universal, aggregator, catalogue or HERE, out
            )
        except RefusedError as refusal:
            typer.secho(f"Refused: {refusal}", err=True, fg="yellow")
            raise typer.Exit(REFUSED) from refusal
    _report(trial, out)


def _report(trial: "Trial", out: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(
        "on held-out users", "universal", "adapted", title=f"{trial.users} users"
    )
    table.add_row(
        "MAP", f"{trial.universal_map.value:.4f}", f"{trial.adapted_map.value:.4f}"
    )
    table.add_row(
        "false interests a user",
        f"{trial.universal_false.value:.2f}",
        f"{trial.adapted_false.value:.2f}",
    )
    console = Console()
    console.print(table)
    gain = trial.gain
    console.print(
        f"MAP changes by {gain.value:+.4f} ({gain.low:+.4f} to {gain.high:+.4f}, 95 %)."
        f" Wrote {out}"
    )
