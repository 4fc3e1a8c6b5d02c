"""Writes the analyzer of scenes."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()


@app.command("scenes")
def export_scenes(
    out: Annotated[
        Path, typer.Option(metavar="FOLDER", help="Folder of analyzers.")
    ] = Path("models/analyzers"),
) -> None:
    """Write the analyzer of scenes from its committed weights."""
    from export.scenes import write_scenes
    from photo_interests.files import replacing

    with replacing(out / "scene") as folder:
        write_scenes(folder)
    typer.echo(f"wrote {out / 'scene'}")
