"""The commands `photo-interests people ...`: groups of the same person, if wanted."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from photo_interests.bundle import DEFAULT_BUNDLE
from photo_interests.console import report_accounting
from photo_interests.options import (
    BundleOption,
    FollowLinks,
    IncludeExcluded,
    ModelsOption,
    PhotoPaths,
    Processes,
    TimeLimit,
)
from photo_interests.photos import TIME_LIMIT_S

if TYPE_CHECKING:
    from photo_interests.analysis.identity.people_index import PeopleIndex

BIOMETRIC = """\
Groups of people need 128 numbers of each face on your photos. They are computed on this
computer and tell people apart: by law they are biometric data, also of friends,
children and passers-by who did not agree.

What is kept: these numbers, where each face is on which photo, and the names that you
give, in
    {folder}
Only you can read it; it is in no report, and programs for backups leave the folder out.
Nothing leaves this computer. `photo-interests people off` deletes all of it at once.

The network makes mistakes, more often with faces that its training had few of, such as
those of children and of people of East Asia.
"""
LISTED_PHOTOS = 3

app = typer.Typer(no_args_is_help=True, help="Group the faces of the same person.")
Group = Annotated[int, typer.Argument(metavar="GROUP", help="Number in `people list`.")]


@app.command("on")
def switch_on(
    agree: Annotated[
        bool, typer.Option("--yes", help="Agree without being asked.")
    ] = False,
) -> None:
    """Switch groups of people on, after saying what they need."""
    from photo_interests.analysis.identity.people_store import people_folder
    from photo_interests.analysis.identity.people_store import switch_on as begin

    typer.echo(BIOMETRIC.format(folder=people_folder()))
    if not agree:
        typer.confirm("Switch groups of people on?", abort=True)
    begin(people_folder())


@app.command("off")
def switch_off() -> None:
    """Switch groups of people off, and delete all faces, groups and names."""
    from photo_interests.analysis.identity.people_store import people_folder
    from photo_interests.analysis.identity.people_store import switch_off as end

    end(people_folder())
    typer.echo("off: no face, group or name is left")


@app.command(no_args_is_help=True)
def scan(
    paths: PhotoPaths,
    models: ModelsOption = None,
    bundle: BundleOption = DEFAULT_BUNDLE,
    follow_links: FollowLinks = False,
    include_excluded: IncludeExcluded = False,
    time_limit: TimeLimit = TIME_LIMIT_S,
    processes: Processes = None,
) -> None:
    """Find faces on new and changed photos, and put them into groups."""
    from photo_interests.analysis.analyzers import choose_analyzers
    from photo_interests.analysis.identity.scan_people import scan_people
    from photo_interests.api import list_photos, load_bundle
    from photo_interests.progress import show_progress

    with _index(models):
        pass  # an error that is known now is not one after an hour
    opened = load_bundle(bundle)
    chosen = choose_analyzers(opened.card, [], models, identity=True)
    found = list_photos(paths, follow_links, include_excluded)
    analyzer = opened.analyzer(chosen, processes, time_limit)
    with show_progress(len(found.files)) as on_photo:
        skipped = scan_people(
            found.files, paths, analyzer, lambda: _index(models), on_photo
        )
    errors = (*found.skipped, *skipped)
    report_accounting(len(found.files) - len(skipped), errors, found.excluded)


@app.command("list")
def list_groups(
    minimum: Annotated[
        int, typer.Option(min=1, help="Photos of a group without a name, at least.")
    ] = 2,
    models: ModelsOption = None,
) -> None:
    """List the groups: number, name, and photos."""
    with _index(models) as index:
        people = index.people()
    shown = [one for one in people if one.name or len(one.photos) >= minimum]
    for person in shown:
        photos = ", ".join(path.name for path in person.photos[:LISTED_PHOTOS])
        more = ", ..." if len(person.photos) > LISTED_PHOTOS else ""
        name = person.name or "-"
        typer.echo(f"{person.id}\t{name}\t{len(person.photos)}\t{photos}{more}")
    typer.echo(f"{len(shown)} groups of {len(people)}", err=True)


@app.command()
def name(group: Group, words: str, models: ModelsOption = None) -> None:
    """Give a group a name."""
    with _index(models) as index:
        index.name(group, words)


@app.command()
def merge(group: Group, others: list[int], models: ModelsOption = None) -> None:
    """Join groups of one person: the others come into the first one."""
    with _index(models) as index:
        index.merge(group, others)


@app.command()
def split(group: Group, photos: list[Path], models: ModelsOption = None) -> None:
    """Move the faces of a group on some photos into a group of their own."""
    with _index(models) as index:
        new = index.split(group, [path.absolute() for path in photos])
    typer.echo(f"group {new}")


@app.command()
def forget(group: Group, models: ModelsOption = None) -> None:
    """Delete a group with its faces and its name; its photos are not scanned again."""
    with _index(models) as index:
        index.forget(group)


@contextmanager
def _index(models: Path | None) -> "Iterator[PeopleIndex]":
    """Open the stored groups for one change."""
    from photo_interests.analysis.identity.people_index import open_index

    with open_index(models) as index:
        yield index
