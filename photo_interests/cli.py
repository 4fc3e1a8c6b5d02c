"""The commands of `photo-interests`. Heavy imports wait until a command runs."""

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from photo_interests.bundle import DEFAULT_BUNDLE
from photo_interests.console import ExitCode, name_skipped, report_accounting
from photo_interests.describe_command import describe
from photo_interests.level import Level
from photo_interests.options import (
    BundleOption,
    FollowLinks,
    HtmlFile,
    IncludeExcluded,
    JsonFile,
    Language,
    LanguageOption,
    PhotoPaths,
    Processes,
    TimeLimit,
)
from photo_interests.people_command import app as people
from photo_interests.photos import TIME_LIMIT_S
from photo_interests.search_command import search

if TYPE_CHECKING:
    from photo_interests.predict import Prediction
    from photo_interests.recommendation.catalogue_build import Update

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


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
def program(
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
    html: HtmlFile = None,
    json: JsonFile = None,
    top: Annotated[
        int, typer.Option(min=1, help="Maximum number of interests listed.")
    ] = 20,
    threshold: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=1,
            help="Minimum probability of an interest that is listed.",
            show_default="that of the bundle",
        ),
    ] = None,
    level: Annotated[
        Level,
        typer.Option(help="List interests, or the kinds of things that photos show."),
    ] = Level.interests,
    sensitive: Annotated[
        bool,
        typer.Option(
            "--sensitive", help="List interests such as religion and health, too."
        ),
    ] = False,
    language: LanguageOption = Language.en,
    bundle: BundleOption = DEFAULT_BUNDLE,
    follow_links: FollowLinks = False,
    include_excluded: IncludeExcluded = False,
    time_limit: TimeLimit = TIME_LIMIT_S,
    processes: Processes = None,
    threads: Annotated[
        int, typer.Option(min=1, help="Interpreter threads in each worker process.")
    ] = 1,
) -> None:
    r"""Predict interests from photos: a table, and on request JSON or an HTML page.

    Reads JPEG, PNG, WebP, HEIC, AVIF, GIF, BMP and TIFF, and with PyAV (of the extra
    `vision`) videos, each of which counts as one photo. Nothing leaves this computer.

    **A folder, and a page to look at:**

    photo-interests predict ~/Pictures --html interests.html

    **The five strongest interests of some photos, in German:**

    photo-interests predict *.jpg --top 5 --language de

    **For another program:**

    photo-interests predict ~/Pictures --json - | jq '.interests\[].name'

    **Exit status:** 0 when every file was read, 1 when some were skipped
    (each is named), 2 after an error (no photo, no bundle, wrong options), 130 when
    interrupted.
    """
    from photo_interests.photos.processes import warm_up

    warm_up()  # the workers load their libraries while this process loads its own
    from photo_interests.api import list_photos, load_bundle
    from photo_interests.predict import predict_found
    from photo_interests.progress import show_progress
    from photo_interests.reports.interests import check_level
    from photo_interests.reports.outputs import Outputs
    from photo_interests.reports.write import write_interests

    outputs = Outputs.open(html, json)
    opened = load_bundle(bundle)
    check_level(opened.card, level)
    found = list_photos(paths, follow_links, include_excluded)
    reader = opened.reader(processes, threads, time_limit)
    with show_progress(len(found.files)) as on_photo:
        prediction = predict_found(found, reader, on_photo)
    write_interests(
        outputs, prediction, threshold, top, language.value, level, sensitive
    )
    _account(prediction)


@app.command(no_args_is_help=True)
def catalogue(
    source: Annotated[
        Path,
        typer.Argument(
            metavar="PRODUCTS",
            help="Folder of pictures, with a products.csv if there is one, or a "
            ".parquet table.",
        ),
    ],
    out: Annotated[Path, typer.Option(metavar="FILE", help="Catalogue to write.")],
    thumbnails: Annotated[
        bool, typer.Option(help="Keep a small picture of each product in it.")
    ] = True,
    publisher: Annotated[
        str,
        typer.Option(
            metavar="NAME",
            help="Who publishes the products: the app shows it, and the day on which "
            "the catalogue was made.",
        ),
    ] = "",
    bundle: BundleOption = DEFAULT_BUNDLE,
    time_limit: TimeLimit = TIME_LIMIT_S,
    processes: Processes = None,
) -> None:
    r"""Build or refresh the catalogue of a shop, for `recommend` and for the app.

    Reads the picture of each product once: where FILE exists already, only new and
    changed products are read, and products that are gone are dropped. products.csv
    and the table have a column `picture`, and may have `id`, `title`, `link` and
    `category` (an interest of the bundle).

    photo-interests catalogue ~/shop --out shop.catalogue

    **Exit status:** as of `predict`.
    """
    from photo_interests.api import load_bundle
    from photo_interests.output_file import OutputFile
    from photo_interests.progress import show_progress
    from photo_interests.recommendation.shop import refresh_catalogue

    file = OutputFile.check(out)
    reader = load_bundle(bundle).reader(processes, limit_s=time_limit)
    update = refresh_catalogue(
        source, file, reader, thumbnails, show_progress, publisher
    )
    typer.echo(
        f"{len(update.catalogue.items)} products in {out}: {update.read} read, "
        f"{update.dropped} dropped"
    )
    _name_problems(update)
    if update.skipped:
        raise typer.Exit(ExitCode.SOME_SKIPPED)


@app.command(no_args_is_help=True)
def recommend(
    paths: PhotoPaths,
    products: Annotated[
        Path,
        typer.Option(
            "--catalogue",
            metavar="PRODUCTS",
            help="Folder of product pictures, .parquet table, or a file that "
            "`catalogue` wrote.",
        ),
    ],
    html: HtmlFile = None,
    json: JsonFile = None,
    top: Annotated[
        int, typer.Option(min=1, help="Maximum number of products listed.")
    ] = 20,
    language: LanguageOption = Language.en,
    bundle: BundleOption = DEFAULT_BUNDLE,
    follow_links: FollowLinks = False,
    include_excluded: IncludeExcluded = False,
    time_limit: TimeLimit = TIME_LIMIT_S,
    processes: Processes = None,
) -> None:
    r"""Rank the products of a catalogue for the person who took some photos.

    Each product comes with the interest and the photo that explain it. The ranking
    uses these photos alone, not what others bought, and nothing leaves this computer.
    A folder or table is turned into a catalogue once, kept in the user's cache folder
    and refreshed when products change.

    photo-interests recommend ~/Pictures --catalogue ~/shop --html products.html

    **Exit status:** as of `predict`.
    """
    from photo_interests.photos.processes import warm_up

    warm_up()
    from photo_interests.api import list_photos, load_bundle
    from photo_interests.predict import predict_found
    from photo_interests.progress import show_progress
    from photo_interests.recommendation.ranking import rank_products
    from photo_interests.recommendation.shop import open_catalogue
    from photo_interests.reports.outputs import Outputs
    from photo_interests.reports.write import write_products

    outputs = Outputs.open(html, json)
    reader = load_bundle(bundle).reader(processes, limit_s=time_limit)
    found = list_photos(paths, follow_links, include_excluded)
    file, update = open_catalogue(products, reader, show_progress)
    with show_progress(len(found.files)) as on_photo:
        prediction = predict_found(found, reader, on_photo)
    ranked = rank_products(prediction, file, top)
    write_products(outputs, prediction, ranked, products, file, language.value)
    if update:
        _name_problems(update)
    _account(prediction, skipped_before=bool(update and update.skipped))


app.command(no_args_is_help=True)(describe)
app.command(no_args_is_help=True)(search)
app.add_typer(people, name="people")


def _account(prediction: "Prediction", skipped_before: bool = False) -> None:
    """Account for all files; exit with 1 where some were skipped."""
    report_accounting(
        len(prediction.photos), prediction.skipped, prediction.excluded, skipped_before
    )


def _name_problems(update: "Update") -> None:
    """Name the products that were skipped, and what is wrong with others."""
    from photo_interests.reports.formatting import shown_path

    for note in update.notes:
        typer.echo(shown_path(f"note: {note}"), err=True)
    name_skipped(update.skipped)
