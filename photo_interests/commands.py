"""What the command line offers. Heavy imports wait until a command runs."""

import os
from collections.abc import Sequence
from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from photo_interests.photos.photo_error import PhotoError
    from photo_interests.photos.photo_reader import PhotoReader
    from photo_interests.predict import Prediction

SOME_SKIPPED, NO_ANSWER, INTERRUPTED = 1, 2, 130
STDOUT = Path("-")
TRAINING = "With training (extra `train`)"

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


class Language(StrEnum):
    """Of the names of interests."""

    en = "en"
    de = "de"


PhotoPaths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH",
        help="Photos, and folders to search for photos at any depth.",
    ),
]
JsonFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write JSON; - prints it instead of the table."),
]
Bundle = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        help="Bundle of models to ask.",
        show_default="the released one",
    ),
]


def _show_version(wanted: bool) -> None:
    if not wanted:
        return
    try:
        number = version("photo-interests")
    except PackageNotFoundError:
        number = "(run from a checkout, not installed)"
    typer.echo(f"photo-interests {number}")
    raise typer.Exit


@app.callback()
def describe(
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_show_version, is_eager=True, help="Show the version."
        ),
    ] = False,
) -> None:
    """Predict a person's interests from their photos, on their own computer."""


@app.command(no_args_is_help=True)
def predict(
    paths: PhotoPaths,
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a page with the photos behind it."),
    ] = None,
    json: JsonFile = None,
    top: Annotated[
        int, typer.Option(min=1, help="List at most this many interests.")
    ] = 20,
    threshold: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=1,
            help="List interests of at least this probability.",
            show_default="as the bundle says",
        ),
    ] = None,
    language: Annotated[
        Language, typer.Option(help="Language of the names and of the page.")
    ] = Language.en,
    bundle: Bundle = None,
    processes: Annotated[
        int | None,
        typer.Option(
            min=1,
            help="Photos read at the same time.",
            show_default="one for each core",
        ),
    ] = None,
    threads: Annotated[
        int, typer.Option(min=1, help="Threads of the network in each process.")
    ] = 1,
) -> None:
    r"""Predict interests from photos: a table, and if asked for JSON or a page.

    Reads JPEG, PNG, WebP, HEIC, AVIF, GIF, BMP and TIFF. Nothing leaves this
    computer.

    [bold]Ask about a folder, and make a page to look at:[/bold]

    photo-interests predict ~/Pictures --html interests.html

    [bold]The five strongest interests of some photos, in German:[/bold]

    photo-interests predict *.jpg --top 5 --language de

    [bold]For another program:[/bold]

    photo-interests predict ~/Pictures --json - | jq '.interests\[].name'

    [bold]Exit status:[/bold] 0 when every file was read, 1 when some were skipped
    (each is named), 2 when there is no answer: nothing to read, no bundle, wrong
    options.
    """
    from photo_interests.photos.processes import warm_up

    warm_up()  # the workers load what they need while this process does too
    from photo_interests.predict import NoPhotosError

    try:
        check_outputs(html, None if json == STDOUT else json)
        prediction = _predict(paths, bundle, processes, threads)
        least = prediction.card.thresholds.interest if threshold is None else threshold
        _report(prediction, html, json, top, least, language.value)
    except NoPhotosError as error:
        name_skipped(error.skipped)
        raise failed(error) from error
    except (ValueError, OSError) as error:
        raise failed(error) from error
    except KeyboardInterrupt:
        typer.echo("Stopped.", err=True)
        raise typer.Exit(INTERRUPTED) from None
    if prediction.skipped:
        name_skipped(prediction.skipped)
        read, skipped = len(prediction.photos), len(prediction.skipped)
        typer.echo(f"{skipped} of {read + skipped} files skipped", err=True)
        raise typer.Exit(SOME_SKIPPED)


def failed(error: Exception) -> typer.Exit:
    """Say what went wrong; to be raised."""
    typer.secho(f"Error: {error}", err=True, fg="red")
    return typer.Exit(NO_ANSWER)


def need(command: str, *packages: str) -> None:
    """End here where packages are missing that only this command needs."""
    if missing := [package for package in packages if not find_spec(package)]:
        raise failed(
            ValueError(
                f"{command} needs {', '.join(missing)}: pip install "
                "'photo-interests[train]', or run it in a checkout after `make demo`"
            )
        )


def name_skipped(skipped: Sequence["PhotoError"]) -> None:
    """Name each file that was not read, and why."""
    from photo_interests.reports.formatting import shown_path

    for error in skipped:
        typer.echo(shown_path(f"skipped {error}"), err=True)


def check_outputs(*outputs: Path | None) -> None:
    """Before the photos are read, so that a slip does not cost an hour."""
    for path in outputs:
        if path is None:
            continue
        if path == STDOUT:
            raise ValueError(
                "-: expected a file for the page, received standard output"
            )
        if path.is_dir():
            raise ValueError(f"{path}: expected a file to write, received a folder")
        if not os.access(path.parent, os.W_OK):
            raise ValueError(f"{path}: expected a folder that can be written to")


def list_photos(paths: list[Path]) -> list[Path]:
    """The files to read.

    Raises:
        NoPhotosError: there is none.
        FileNotFoundError: a given path does not exist.
    """
    from photo_interests.files import find_photos
    from photo_interests.predict import NoPhotosError

    photos = find_photos(paths)
    if not photos:
        places = ", ".join(map(str, paths))
        raise NoPhotosError(f"no photos: there is no file in {places}")
    return photos


def open_reader(
    bundle: Path | None, processes: int | None, threads: int = 1
) -> "PhotoReader":
    """Open the extractor of a bundle, by default the released one on every core."""
    from photo_interests.bundle.card import load_card
    from photo_interests.bundle.location import find_bundle
    from photo_interests.photos.photo_reader import PhotoReader
    from photo_interests.photos.processes import usable_cores

    folder = bundle or find_bundle()
    return PhotoReader(folder, load_card(folder), processes or usable_cores(), threads)


def _predict(
    paths: list[Path], bundle: Path | None, processes: int | None, threads: int
) -> "Prediction":
    from photo_interests.predict import predict
    from photo_interests.progress import show_progress

    photos = list_photos(paths)
    reader = open_reader(bundle, processes, threads)
    with show_progress(len(photos)) as on_photo:
        return predict(photos, reader, on_photo)


def _report(
    prediction: "Prediction",
    html: Path | None,
    json: Path | None,
    top: int,
    threshold: float,
    language: str,
) -> None:
    from photo_interests.files import write_atomically
    from photo_interests.reports.interests import find_interests

    if json is not None:
        from photo_interests.reports.interests_json import make_json

        areas = find_interests(prediction, threshold, top, photos=50)
        content = make_json(prediction, areas, threshold, language)
        if json == STDOUT:
            typer.echo(content, nl=False)
        else:
            write_atomically(json, content)
    if html is not None:
        from photo_interests.reports.interests_html import make_html

        areas = find_interests(prediction, threshold, top, photos=9)
        write_atomically(html, make_html(prediction, areas, language))
    if json != STDOUT:
        from rich.console import Console

        from photo_interests.reports.interests_table import make_table

        areas = find_interests(prediction, threshold, top, photos=3)
        Console().print(make_table(prediction, areas, language))
