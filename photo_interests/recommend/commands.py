"""`photo-interests catalogue` and `recommend`. Heavy imports wait, as in `commands`."""

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from photo_interests.commands import (
    INTERRUPTED,
    SOME_SKIPPED,
    STDOUT,
    Bundle,
    JsonFile,
    Language,
    PhotoPaths,
    app,
    check_outputs,
    failed,
    list_photos,
    name_skipped,
    open_reader,
)

if TYPE_CHECKING:
    from photo_interests.photos.photo_reader import PhotoReader
    from photo_interests.recommend.catalogue_build import Update

Processes = Annotated[
    int | None,
    typer.Option(
        min=1,
        help="Pictures read at the same time.",
        show_default="one for each core",
    ),
]


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
    bundle: Bundle = None,
    processes: Processes = None,
) -> None:
    r"""Make or refresh the catalogue of a shop, for `recommend` and for the app.

    Reads the picture of each product once: where FILE exists already, only new and
    changed products are read, and those that are gone are dropped. products.csv and
    the table have a column `picture`, and may have `id`, `title`, `link` and
    `category` (an interest of the bundle).

    photo-interests catalogue ~/shop --out shop.catalogue
    """
    try:
        check_outputs(out)
        update = _update(source, out, open_reader(bundle, processes), thumbnails)
    except (ValueError, OSError) as error:
        raise failed(error) from error
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    typer.echo(
        f"{len(update.catalogue.items)} products in {out}: {update.read} read, "
        f"{update.dropped} dropped"
    )
    _tell_skipped(update)


@app.command(no_args_is_help=True)
def recommend(
    paths: PhotoPaths,
    products: Annotated[
        Path,
        typer.Option(
            "--catalogue",
            metavar="PRODUCTS",
            help="Folder of product pictures, .parquet table, or a file that "
            "`catalogue` made.",
        ),
    ],
    html: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a page with the products."),
    ] = None,
    json: JsonFile = None,
    top: Annotated[
        int, typer.Option(min=1, help="List at most this many products.")
    ] = 20,
    language: Annotated[
        Language, typer.Option(help="Language of the names and of the page.")
    ] = Language.en,
    bundle: Bundle = None,
    processes: Processes = None,
) -> None:
    r"""Rank the products of a catalogue for the person who took some photos.

    Each product comes with the interest and the photo that speak for it most. Nothing
    is learned from what others bought, and nothing leaves this computer. A folder or
    table is made into a catalogue once, kept in the user's cache folder and refreshed
    when products change.

    photo-interests recommend ~/Pictures --catalogue ~/shop --html products.html
    """
    from photo_interests.photos.processes import warm_up

    warm_up()
    from photo_interests.predict import NoPhotosError

    try:
        check_outputs(html, None if json == STDOUT else json)
        skipped = _recommend(
            paths, products, html, json, top, language.value, bundle, processes
        )
    except NoPhotosError as error:
        name_skipped(error.skipped)
        raise failed(error) from error
    except (ValueError, OSError) as error:
        raise failed(error) from error
    except KeyboardInterrupt:
        raise typer.Exit(INTERRUPTED) from None
    if skipped:
        raise typer.Exit(SOME_SKIPPED)


def _recommend(
    paths: list[Path],
    products: Path,
    html: Path | None,
    json: Path | None,
    top: int,
    language: str,
    bundle: Path | None,
    processes: int | None,
) -> bool:
    """Do it; says whether a file was skipped."""
    from photo_interests.files import write_atomically
    from photo_interests.predict import predict_with_features
    from photo_interests.progress import show_progress
    from photo_interests.recommend.catalogue_file import SUFFIX, read_catalogue
    from photo_interests.recommend.recommend import recommend
    from photo_interests.reports.products import (
        make_products_html,
        make_products_json,
        make_products_table,
    )

    photos = list_photos(paths)
    reader = open_reader(bundle, processes)
    kept, skipped = products, False
    if products.suffix != SUFFIX:
        kept = cached_catalogue(products, reader.card.name)
        kept.parent.mkdir(parents=True, exist_ok=True)
        update = _update(products, kept, reader, thumbnails=True)
        name_skipped(update.skipped)
        skipped = bool(update.skipped)
    shop = read_catalogue(kept, reader.card, thumbnails=False)
    with show_progress(len(photos)) as on_photo:
        prediction, features = predict_with_features(photos, reader, on_photo)
    found = recommend(prediction, features, shop, kept, top)
    if json is not None:
        content = make_products_json(prediction, found, products, language)
        if json == STDOUT:
            typer.echo(content, nl=False)
        else:
            write_atomically(json, content)
    if html is not None:
        write_atomically(html, make_products_html(prediction, found, kept, language))
    if json != STDOUT:
        from rich.console import Console

        Console().print(make_products_table(prediction, found, language))
    name_skipped(prediction.skipped)
    return skipped or bool(prediction.skipped)


def cached_catalogue(products: Path, bundle: str) -> Path:
    """Where the catalogue of a folder or table is kept between runs."""
    from photo_interests.recommend.catalogue_file import SUFFIX

    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    digest = hashlib.sha256(str(products.resolve()).encode()).hexdigest()[:16]
    return cache / "photo-interests" / f"{bundle}-{digest}{SUFFIX}"


def _update(
    source: Path, out: Path, reader: "PhotoReader", thumbnails: bool
) -> "Update":
    from photo_interests.progress import show_progress
    from photo_interests.recommend.catalogue_build import update_catalogue
    from photo_interests.recommend.catalogue_file import read_catalogue, write_catalogue
    from photo_interests.recommend.products import find_products

    products = find_products(source)
    old = None
    if out.exists():
        try:
            old = read_catalogue(out, reader.card)
        except ValueError as error:  # of another bundle, or damaged: make it anew
            typer.echo(f"made anew: {error}", err=True)
    with show_progress(len(products)) as on_picture:
        update = update_catalogue(old, products, reader, on_picture, thumbnails)
    write_catalogue(out, update.catalogue, reader.card)
    return update


def _tell_skipped(update: "Update") -> None:
    if update.skipped:
        name_skipped(update.skipped)
        raise typer.Exit(SOME_SKIPPED)
