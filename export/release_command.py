"""`python -m export release`. TensorFlow waits until it runs."""

from pathlib import Path
from typing import Annotated

import typer

from training.commands.options import DATA, RUNS, Data, OwnSet, Runs, Settings

app = typer.Typer()


@app.command()
def release(
    name: Annotated[
        str,
        typer.Argument(metavar="NAME", help="A recipe of export/recipes."),
    ],
    settings: Settings = [],  # noqa: B006 (Typer copies it)
    runs: Runs = RUNS,
    data: Data = DATA,
    own_set: OwnSet = None,
    out: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Folder of bundles to write to.")
    ] = RUNS / "models",
) -> None:
    """Run or resume all steps of a released bundle, up to the verified bundle.

    A step whose config and inputs are the same as before is not repeated. Example:

        python -m training release everyday-178 --set backbone.seed=2
    """
    from export.recipes import recipe_named
    from training.commands.overrides import override

    recipe = override(recipe_named(name), settings)
    from export.release import release as run_all
    from training.workspace import Workspace

    typer.echo(f"wrote {run_all(recipe, Workspace(runs, data, own_set), out)}")
