"""Writes the analyzer of scenes."""

from pathlib import Path
from typing import Annotated

import typer

from photo_interests.bundle import DEFAULT_BUNDLE

app = typer.Typer()


@app.command("scenes")
def export_scenes(
    out: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Folder of analyzers.")
    ] = Path("models/analyzers"),
    name: Annotated[
        str,
        typer.Option(
            "--bundle",
            metavar="NAME",
            help="Released bundle whose features it reads; into a folder of that name "
            "where it is not the default.",
        ),
    ] = DEFAULT_BUNDLE,
) -> None:
    """Write the analyzer of scenes from its committed weights."""
    from export.scenes import write_scenes
    from photo_interests.bundle.location import find_bundle
    from photo_interests.files import replacing
    from training.interests.bases import OF_BUNDLES

    if name not in OF_BUNDLES:
        raise typer.BadParameter(f"expected one of {list(OF_BUNDLES)}, received {name}")
    parent = out if name == DEFAULT_BUNDLE else out / name
    with replacing(parent / "scene") as folder:
        write_scenes(folder, OF_BUNDLES[name].scenes, find_bundle(name))
    typer.echo(f"wrote {parent / 'scene'}")
