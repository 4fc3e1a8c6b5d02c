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
    from_photos: Annotated[
        bool,
        typer.Option(
            "--from-photos",
            help="Compute from the photos what would be taken from committed runs.",
        ),
    ] = False,
    out: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Folder of bundles to write to.")
    ] = RUNS / "models",
) -> None:
    """Run or resume all steps of a released bundle, up to the verified bundle.

    A step whose config and inputs are the same as before is not repeated. Example:

        python -m training release everyday-178 --set backbone.seed=2
    """
    from export.recipes import recipe_named
    from export.recipes.recipe import InterestsRecipe
    from training.commands.overrides import override
    from training.workspace import Workspace

    recipe = override(recipe_named(name), settings)
    place = Workspace(runs, data, own_set, from_photos)
    if isinstance(recipe, InterestsRecipe):
        from export.release_interests import release_interests

        written = release_interests(recipe, place, out)
    else:
        from export.release import release as run_all

        written = run_all(recipe, place, out)
    typer.echo(f"wrote {written}")
