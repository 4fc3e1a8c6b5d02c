"""The commands of `photo-interests`. Heavy imports wait until a command runs."""

from enum import StrEnum
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated

import typer

from photo_interests.bundle import DEFAULT_BUNDLE
from photo_interests.console import ExitCode, name_skipped

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


class Language(StrEnum):
    """Languages of the names of interests and of the pages."""

    en = "en"
    de = "de"


PhotoPaths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH",
        help="Photos, and folders to search for photos at any depth.",
    ),
]
HtmlFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write an HTML page with pictures."),
]
JsonFile = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Write JSON; - prints it instead of the table."),
]
BundleOption = Annotated[
    str,
    typer.Option(
        metavar="BUNDLE",
        help="Bundle of models: the name of a released one, or a folder.",
    ),
]
Processes = Annotated[
    int | None,
    typer.Option(
        min=1,
        help="Number of worker processes that read photos.",
        show_default="one per CPU core",
    ),
]
LanguageOption = Annotated[
    Language, typer.Option(help="Language of the names and of the page.")
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
    language: LanguageOption = Language.en,
    bundle: BundleOption = DEFAULT_BUNDLE,
    processes: Processes = None,
    threads: Annotated[
        int, typer.Option(min=1, help="Interpreter threads in each worker process.")
    ] = 1,
) -> None:
    r"""Predict interests from photos: a table, and on request JSON or an HTML page.

    Reads JPEG, PNG, WebP, HEIC, AVIF, GIF, BMP and TIFF. Nothing leaves this
    computer.

    [bold]A folder, and a page to look at:[/bold]

    photo-interests predict ~/Pictures --html interests.html

    [bold]The five strongest interests of some photos, in German:[/bold]

    photo-interests predict *.jpg --top 5 --language de

    [bold]For another program:[/bold]

    photo-interests predict ~/Pictures --json - | jq '.interests\[].name'

    [bold]Exit status:[/bold] 0 when every file was read, 1 when some were skipped
    (each is named), 2 after an error (no photo, no bundle, wrong options), 130 when
    interrupted.
    """
    from photo_interests.photos.processes import warm_up

    warm_up()  # the workers load their libraries while this process loads its own
    from photo_interests.api import list_photos, load_bundle
    from photo_interests.predict import predict_photos
    from photo_interests.progress import show_progress
    from photo_interests.reports.outputs import Outputs
    from photo_interests.reports.write import write_interests

    outputs = Outputs(html, json)
    outputs.check()
    opened = load_bundle(bundle)
    photos = list_photos(paths)
    reader = opened.reader(processes, threads)
    with show_progress(len(photos)) as on_photo:
        prediction = predict_photos(photos, reader, on_photo)
    least = opened.card.thresholds.interest if threshold is None else threshold
    write_interests(outputs, prediction, least, top, language.value)
    name_skipped(prediction.skipped)
    if prediction.skipped:
        read, skipped = len(prediction.photos), len(prediction.skipped)
        typer.echo(f"{skipped} of {read + skipped} files skipped", err=True)
        raise typer.Exit(ExitCode.SOME_SKIPPED)


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
    bundle: BundleOption = DEFAULT_BUNDLE,
    processes: Processes = None,
) -> None:
    r"""Build or refresh the catalogue of a shop, for `recommend` and for the app.

    Reads the picture of each product once: where FILE exists already, only new and
    changed products are read, and products that are gone are dropped. products.csv
    and the table have a column `picture`, and may have `id`, `title`, `link` and
    `category` (an interest of the bundle).

    photo-interests catalogue ~/shop --out shop.catalogue

    [bold]Exit status:[/bold] as of `predict`.
    """
    from photo_interests.api import load_bundle
    from photo_interests.progress import show_progress
    from photo_interests.recommendation.shop import refresh_catalogue
    from photo_interests.reports.outputs import check_output

    check_output(out)
    reader = load_bundle(bundle).reader(processes)
    update = refresh_catalogue(source, out, reader, thumbnails, show_progress)
    typer.echo(
        f"{len(update.catalogue.items)} products in {out}: {update.read} read, "
        f"{update.dropped} dropped"
    )
    name_skipped(update.skipped)
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
    processes: Processes = None,
) -> None:
    r"""Rank the products of a catalogue for the person who took some photos.

    Each product comes with the interest and the photo that explain it. The ranking
    uses these photos alone, not what others bought, and nothing leaves this computer.
    A folder or table is turned into a catalogue once, kept in the user's cache folder
    and refreshed when products change.

    photo-interests recommend ~/Pictures --catalogue ~/shop --html products.html

    [bold]Exit status:[/bold] as of `predict`.
    """
    from photo_interests.photos.processes import warm_up

    warm_up()
    from photo_interests.api import list_photos, load_bundle
    from photo_interests.predict import predict_photos
    from photo_interests.progress import show_progress
    from photo_interests.recommendation.ranking import rank_products
    from photo_interests.recommendation.shop import open_catalogue
    from photo_interests.reports.outputs import Outputs
    from photo_interests.reports.write import write_products

    outputs = Outputs(html, json)
    outputs.check()
    photos = list_photos(paths)
    reader = load_bundle(bundle).reader(processes)
    file, update = open_catalogue(products, reader, show_progress)
    with show_progress(len(photos)) as on_photo:
        prediction = predict_photos(photos, reader, on_photo)
    ranked = rank_products(prediction, file, top)
    write_products(outputs, prediction, ranked, products, file, language.value)
    skipped = [*(update.skipped if update else ()), *prediction.skipped]
    name_skipped(skipped)
    if skipped:
        raise typer.Exit(ExitCode.SOME_SKIPPED)
